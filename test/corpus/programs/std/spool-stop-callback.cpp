// A print spooler that is stopped by a callback of its token. The callback stores the flag
// and notifies without the lock: both can fall between the spooler's test and its wait.
// pattern: lost wake-up: flag changed outside the lock

#include "oracle.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <queue>
#include <stop_token>
#include <string>
#include <thread>

class Spooler {
public:
  void submit(std::string document) {
    {
      std::lock_guard lock(mutex_);
      documents_.push(std::move(document));
    }
    wakeup_.notify_one();
  }

  void operator()(std::stop_token stop) {
    oracle::Task alive;
    std::stop_callback onStop(stop, [this] {
#ifndef LEAKING
      std::lock_guard lock(mutex_);
#endif
      stopping_ = true;
      wakeup_.notify_one(); // cause
    });
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      if (documents_.empty()) {
        oracle::window();   // Neither a document nor a stop so far.
        wakeup_.wait(lock); // stuck: unwoken-wait, ignored-cancel
        continue;
      }
      documents_.pop();
      ++printed_;
    }
  }

private:
  std::mutex mutex_;
  std::condition_variable wakeup_;
  std::queue<std::string> documents_;
  std::atomic<bool> stopping_ = false;
  int printed_ = 0;
};

void officeHours() {
  Spooler spooler;
  spooler.submit("invoice.pdf");
  std::jthread printing(std::ref(spooler));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

int main() {
  oracle::watch();
  officeHours();
  return oracle::verdict();
}
