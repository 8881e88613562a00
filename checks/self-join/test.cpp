// RUN: %verify -std=c++20 %s
// Tasks that wait for their own end.

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <condition_variable>
#include <thread>

// Whoever stops the worker from within it.
class WorkerBad {
public:
  WorkerBad() : thread_([this] { run(); }) {}
  ~WorkerBad() {
    if (thread_.joinable())
      thread_.join();
  }

private:
  void stop() { thread_.join(); } // expected-warning {{'thread_'}}
  void run() {
    std::lock_guard guard(mutex_);
    stop();
  }
  std::mutex mutex_;
  std::thread thread_;
};

class WorkerOk {
public:
  WorkerOk() : thread_([this] { run(); }) {}
  ~WorkerOk() {
    stop();
    if (thread_.joinable())
      thread_.join();
  }

private:
  void stop() {
    std::lock_guard guard(mutex_);
    stopped_ = true;
  }
  void run() {
    std::lock_guard guard(mutex_);
    stopped_ = true;
  }
  std::mutex mutex_;
  bool stopped_ = false;
  std::thread thread_;
};

void workBad() { WorkerBad worker; }
void workOk() { WorkerOk worker; }

// Each waits for the other.
void pairBad() {
  std::thread first, second;
  std::promise<void> started;
  auto ready = started.get_future().share();
  first = std::thread([&, ready] {
    ready.wait();
    second.join(); // expected-warning {{'second'}}
  });
  second = std::thread([&, ready] {
    ready.wait();
    first.join();
  });
  started.set_value();
  ready.wait();
}

void pairOk() {
  std::thread first, second;
  first = std::thread([] {});
  second = std::thread([&] { first.join(); });
  second.join();
}
// expected-note@* 0+ {{}}
