// A job queue of a mutex, a condition variable and a deque, with three workers. Its
// close() wakes one worker only; the others wait for jobs for ever.
// pattern: notify_one for several waiters

#include "oracle.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

class JobQueue {
public:
  using Job = std::function<void()>;

  void push(Job job) {
    {
      std::lock_guard lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    ready_.notify_one();
  }

  std::optional<Job> pop() {
    std::unique_lock lock(mutex_);
    while (jobs_.empty() && !closed_)
      ready_.wait(lock); // stuck: unwoken-wait
    if (jobs_.empty())
      return std::nullopt;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    return job;
  }

  void close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
#ifdef LEAKING
    ready_.notify_one(); // cause
#else
    ready_.notify_all();
#endif
  }

private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> jobs_;
  bool closed_ = false;
};

void work(JobQueue &queue) {
  oracle::Task alive;
  while (auto job = queue.pop())
    (*job)();
}

void runJobs() {
  JobQueue queue;
  std::vector<std::thread> workers;
  for (int i = 0; i < 3; ++i)
    workers.emplace_back([&] { work(queue); });
  queue.push([] {});
  queue.push([] {});
  oracle::window(); // All workers have come to their wait.
  queue.close();
  for (auto &worker : workers)
    worker.join();
}

int main() {
  oracle::watch();
  runJobs();
  return oracle::verdict();
}
