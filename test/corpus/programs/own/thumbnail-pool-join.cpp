// A thread pool in Google style whose destructor sets the flag and joins, but wakes
// nobody: workers that wait for work never see the flag.
// pattern: destructor joins without waking

#include "oracle.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace media {

class ThreadPool {
 public:
  explicit ThreadPool(int num_threads) {
    for (int i = 0; i < num_threads; ++i) {
      threads_.push_back(std::thread([this]() { WorkLoop(); }));
    }
  }

  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  ~ThreadPool() {
    {
      std::lock_guard<std::mutex> lock(mu_);
      shutting_down_ = true;
    }
#ifndef LEAKING
    work_available_.notify_all();
#endif
    for (std::thread& thread : threads_) {
      thread.join();  // cause
    }
  }

  void Schedule(std::function<void()> work) {
    {
      std::lock_guard<std::mutex> lock(mu_);
      work_queue_.push(std::move(work));
    }
    work_available_.notify_one();
  }

 private:
  void WorkLoop() {
    oracle::Task alive;
    for (;;) {
      std::function<void()> work;
      {
        std::unique_lock<std::mutex> lock(mu_);
        work_available_.wait(lock, [this]() {  // stuck: unwoken-wait
          return shutting_down_ || !work_queue_.empty();
        });
        if (work_queue_.empty()) return;
        work = std::move(work_queue_.front());
        work_queue_.pop();
      }
      work();
    }
  }

  std::mutex mu_;
  std::condition_variable work_available_;
  std::queue<std::function<void()>> work_queue_;
  bool shutting_down_ = false;
  std::vector<std::thread> threads_;
};

class Thumbnailer {
 public:
  Thumbnailer() : pool_(std::make_unique<ThreadPool>(/*num_threads=*/2)) {}

  void Render(int photo_id) {
    pool_->Schedule([this, photo_id]() { rendered_ += photo_id > 0 ? 1 : 0; });
  }

 private:
  std::atomic<int> rendered_ = 0;
  std::unique_ptr<ThreadPool> pool_;
};

}  // namespace media

void RenderAlbum() {
  media::Thumbnailer thumbnailer;
  thumbnailer.Render(17);
  thumbnailer.Render(18);
  thumbnailer.Render(19);
  oracle::window();  // All photos are rendered, and the workers wait.
}

int main() {
  oracle::watch();
  RenderAlbum();
  return oracle::verdict();
}
