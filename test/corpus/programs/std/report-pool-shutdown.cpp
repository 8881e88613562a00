// A pool of packaged tasks. Its worker leaves as soon as the pool is shut down, without a
// look at the queue; who has submitted one of the tasks in there waits for its result.
// pattern: pool shut down under a submitter

#include "oracle.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>

class ReportPool {
public:
  using Task = std::packaged_task<int()>;

  ReportPool() : worker_(&ReportPool::work, this) {}
  ~ReportPool() {
    shutdown();
    worker_.join();
  }

  std::future<int> submit(std::function<int()> report) {
    Task task(std::move(report));
    auto result = task.get_future();
    std::lock_guard<std::mutex> guard(mutex_);
    if (shutdown_)
      throw std::runtime_error("report pool is shut down");
    queue_.push_back(std::move(task));
    wakeup_.notify_one();
    return result;
  }

  void shutdown() {
    std::lock_guard<std::mutex> guard(mutex_);
    shutdown_ = true;
    wakeup_.notify_one();
  }

private:
  void work() {
    oracle::Task alive;
    std::unique_lock<std::mutex> guard(mutex_);
    for (;;) {
      wakeup_.wait(guard, [this] { return shutdown_ || !queue_.empty(); });
#ifdef LEAKING
      if (shutdown_)
        return; // cause
#else
      if (queue_.empty())
        return;
#endif
      Task task = std::move(queue_.front());
      queue_.pop_front();
      guard.unlock();
      task();
      guard.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wakeup_;
  std::deque<Task> queue_;
  bool shutdown_ = false;
  std::thread worker_;
};

int yearlyReport(ReportPool &pool) {
  oracle::Task alive;
  auto balance = pool.submit([] {
    oracle::window(); // A long report ...
    oracle::window(); // ... that ends after the shutdown.
    return 17;
  });
  auto summary = pool.submit([] { return 4; });
  return balance.get() + summary.get(); // stuck: unwoken-wait
}

void closeBooks() {
  ReportPool pool;
  std::thread clerk([&pool] { yearlyReport(pool); });
  oracle::window(); // The clerk has handed in both.
  pool.shutdown();
  clerk.join();
}

int main() {
  oracle::watch();
  closeBooks();
  return oracle::verdict();
}
