// A queue of alerts that are sent until they arrive. Between two tries it sleeps, and for
// as long as the pager is down it never looks whether it has been stopped.
// pattern: sleep that ignores a stop

#include "oracle.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <queue>
#include <thread>

namespace alerts {

using std::chrono::milliseconds;

class PagerClient {
 public:
  virtual ~PagerClient() = default;
  virtual bool page(int alertId) = 0;
};

/// The pager of a provider that is down since the morning.
class UnreachablePager : public PagerClient {
 public:
  bool page(int /* alertId */) override {
    attempts_.fetch_add(1, std::memory_order_relaxed);
    return false;
  }

  int attempts() const {
    return attempts_.load(std::memory_order_relaxed);
  }

 private:
  std::atomic<int> attempts_{0};
};

class RetryQueue {
 public:
  explicit RetryQueue(PagerClient& client)
      : client_(client), sender_([this] { sendLoop(); }) {}

  ~RetryQueue() {
    {
      std::lock_guard<std::mutex> guard(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    sender_.join();
  }

  void enqueue(int alertId) {
    {
      std::lock_guard<std::mutex> guard(mutex_);
      alerts_.push(alertId);
    }
    changed_.notify_all();
  }

 private:
  static constexpr milliseconds kBackoff{5};

  void sendLoop() {
    oracle::Task alive;
    std::unique_lock<std::mutex> guard(mutex_);
    while (true) {
      changed_.wait(guard, [this] { return stopped_ || !alerts_.empty(); });
      if (stopped_) {
        return;
      }
      int alertId = alerts_.front();
      alerts_.pop();
#ifdef LEAKING
      guard.unlock();
      while (!client_.page(alertId)) { // cause
        std::this_thread::sleep_for(kBackoff); // stuck: ignored-cancel
      }
      guard.lock();
#else
      while (!stopped_ && !tryOnce(guard, alertId)) {
        changed_.wait_for(guard, kBackoff, [this] { return stopped_; });
      }
#endif
    }
  }

#ifndef LEAKING
  bool tryOnce(std::unique_lock<std::mutex>& guard, int alertId) {
    guard.unlock();
    bool delivered = client_.page(alertId);
    guard.lock();
    return delivered;
  }
#endif

  PagerClient& client_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<int> alerts_;
  bool stopped_{false};
  std::thread sender_;
};

} // namespace alerts

int diskIsFull() {
  alerts::UnreachablePager pager;
  {
    alerts::RetryQueue queue(pager);
    queue.enqueue(507);
    oracle::window(); // The first try has failed.
  }
  return pager.attempts();
}

int main() {
  oracle::watch();
  diskIsFull();
  return oracle::verdict();
}
