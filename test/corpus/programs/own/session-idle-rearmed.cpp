// A session that ends when nothing has come for a while. Its own keep-alive counts as
// something that comes, and each turn of the loop arms the idle timer anew.
// pattern: timer re-armed each turn

#include "oracle.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

enum class Input { None, Data, KeepAlive };

class Inbox {
public:
  void deliver(Input input) {
    std::lock_guard<std::mutex> lock(mutex_);
    last_ = input;
    delivered_.notify_one();
  }

  Input receiveUntil(Clock::time_point deadline) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (last_ == Input::None) {
      if (delivered_.wait_until(lock, deadline) == std::cv_status::timeout) // stuck: select-without-cancel, unwoken-wait
        return Input::None;
    }
    Input input = last_;
    last_ = Input::None;
    return input;
  }

private:
  std::mutex mutex_;
  std::condition_variable delivered_;
  Input last_ = Input::None;
};

class Session {
public:
  Session() : reader_([this] { read(); }), keepAlive_([this] { sendKeepAlive(); }) {}

  ~Session() {
    reader_.join(); // It ends when the peer has been silent.
    {
      std::lock_guard<std::mutex> lock(mutex_);
      closed_ = true;
    }
    closing_.notify_one();
    keepAlive_.join();
  }

  void onData() { inbox_.deliver(Input::Data); }

private:
  static constexpr milliseconds kIdle{40}, kBeat{10};

  void read() {
    oracle::Task alive;
    auto deadline = Clock::now() + kIdle;
    for (;;) {
      Input input = inbox_.receiveUntil(deadline);
      if (input == Input::None)
        return;
#ifdef LEAKING
      deadline = Clock::now() + kIdle; // cause
#else
      if (input == Input::KeepAlive && Clock::now() >= deadline)
        return;
      if (input == Input::Data)
        deadline = Clock::now() + kIdle;
#endif
    }
  }

  void sendKeepAlive() {
    oracle::Task alive;
    std::unique_lock<std::mutex> lock(mutex_);
    while (!closing_.wait_for(lock, kBeat, [this] { return closed_; })) // stuck: select-without-cancel, unwoken-wait
      inbox_.deliver(Input::KeepAlive);
  }

  Inbox inbox_;
  std::mutex mutex_;
  std::condition_variable closing_;
  bool closed_ = false;
  std::thread reader_, keepAlive_;
};

void talk() {
  Session session;
  session.onData();
}

int main() {
  oracle::watch();
  talk();
  return oracle::verdict();
}
