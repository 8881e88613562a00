// Services of a boot loader wait for their mount points. The event resumes those who wait when
// it is raised, and whoever asks later waits for it to be raised again.
// pattern: coroutine that nobody resumes

#include "oracle.h"

#include <coroutine>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace boot {

/// What is to run next, in the one thread there is.
class RunLoop {
 public:
  void Post(std::function<void()> step) { steps_.push_back(std::move(step)); }

  void Run() {
    while (!steps_.empty()) {
      std::function<void()> step = std::move(steps_.front());
      steps_.pop_front();
      step();
    }
  }

 private:
  std::deque<std::function<void()>> steps_;
};

/// Runs at once and answers to nobody.
struct Service {
  struct promise_type {
    Service get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

class MountPoint {
 public:
  explicit MountPoint(RunLoop& loop) : loop_(loop) {}

  void Raise() {
#ifndef LEAKING
    mounted_ = true;
#endif
    for (std::coroutine_handle<> waiter : std::exchange(waiting_, {})) {
      loop_.Post([waiter] { waiter.resume(); });
    }
  }

  bool await_ready() const noexcept { return mounted_; } // cause
  void await_suspend(std::coroutine_handle<> waiter) { waiting_.push_back(waiter); }
  void await_resume() const noexcept {}

 private:
  RunLoop& loop_;
  bool mounted_ = false;
  std::vector<std::coroutine_handle<>> waiting_;
};

using Log = std::map<std::string, int>;

Service StartService(const char* name, MountPoint& disk, Log& started) {
  oracle::Task alive;
  co_await disk; // stuck: unwoken-wait
  ++started[name];
}

Service Mount(MountPoint& disk) {
  oracle::Task alive;
  disk.Raise();
  co_return;
}

} // namespace boot

int BootsFromDisk() {
  boot::RunLoop loop;
  boot::MountPoint disk(loop);
  boot::Log started;
  loop.Post([&] { boot::StartService("journal", disk, started); });
  loop.Post([&] { boot::Mount(disk); });
  loop.Post([&] { boot::StartService("spooler", disk, started); });
  loop.Run();
  return int(started.size());
}

int main() {
  oracle::watch();
  BootsFromDisk();
  return oracle::verdict();
}
