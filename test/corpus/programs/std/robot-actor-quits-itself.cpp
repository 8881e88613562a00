// An actor that runs commands on its thread. quit() waits until the thread has ended; the
// emergency stop calls it from within a command, on that very thread.
// pattern: task waits for its own end

#include "oracle.h"

#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <queue>
#include <thread>

namespace robot {

class Actor {
  using Command = std::function<void()>;

  std::mutex mutex_;
  std::condition_variable hasCommand_;
  std::queue<Command> commands_;
  bool quitting_ = false;
  std::promise<void> over_;
  std::shared_future<void> isOver_ = over_.get_future().share();
  std::thread thread_{[this] { run(); }};

public:
  ~Actor() {
    requestQuit();
    thread_.join();
  }

  void tell(Command command) {
    std::lock_guard lock(mutex_);
    commands_.push(std::move(command));
    hasCommand_.notify_one();
  }

  void requestQuit() {
    std::lock_guard lock(mutex_);
    quitting_ = true;
    hasCommand_.notify_one();
  }

  void quit() {
    requestQuit();
    isOver_.wait(); // stuck: self-join, unwoken-wait
  }

private:
  void run() {
    oracle::Task alive;
    while (auto command = next())
      command();
    over_.set_value();
  }

  Command next() {
    std::unique_lock lock(mutex_);
    hasCommand_.wait(lock, [this] { return quitting_ || !commands_.empty(); });
    if (commands_.empty())
      return nullptr;
    Command command = std::move(commands_.front());
    commands_.pop();
    return command;
  }
};

} // namespace robot

void driveIntoWall() {
  int distance = 3;
  robot::Actor arm;
  for (int step = 0; step < 3; ++step)
    arm.tell([&] {
      if (--distance > 0)
        return;
#ifdef LEAKING
      arm.quit(); // cause
#else
      arm.requestQuit();
#endif
    });
}

int main() {
  oracle::watch();
  driveIntoWall();
  return oracle::verdict();
}
