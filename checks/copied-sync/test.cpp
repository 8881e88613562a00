// RUN: %verify -std=c++20 %s
// Counters and locks that were copied.

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

// Copied with all its members, by a copy constructor of one's own.
class Countdown {
public:
  explicit Countdown(int n) : left_(n) {}
  Countdown(const Countdown &other) : left_(other.left_.load()) {}

  void done() {
    --left_;
    left_.notify_all();
  }
  void waitBad() {
    while (int left = left_.load())
      left_.wait(left); // expected-warning {{'left_'}}
  }
  void waitOk() {
    while (int left = left_.load())
      left_.wait(left);
  }

private:
  std::atomic<int> left_;
};

void finish(Countdown open) { open.done(); }
void finishOk(Countdown &open) { open.done(); }

void captureBad() {
  Countdown open(1);
  std::thread worker([open]() mutable { open.done(); });
  open.waitBad();
  worker.join();
}

void captureOk() {
  Countdown open(1);
  std::thread worker([&open] { open.done(); });
  open.waitOk();
  worker.join();
}

// A copy that nobody mistakes for the other.
void copyUsedAloneOk() {
  Countdown first(1);
  Countdown second(first);
  std::thread worker([&] {
    first.done();
    second.done();
  });
  first.waitOk();
  second.waitOk();
  worker.join();
}

// The other pair of counters has its own wait, so that each is told.
class Gate {
public:
  Gate() = default;
  Gate(const Gate &other) : left_(other.left_) {}
  void open() {
    std::lock_guard guard(m_);
    left_ = 0;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(m_);
    changed_.wait(lock, [this] { return left_ == 0; }); // expected-warning {{'changed_'}}
  }

private:
  std::mutex m_;
  std::condition_variable changed_;
  int left_ = 1;
};

class SharedGate {
public:
  void open() {
    std::lock_guard guard(m_);
    left_ = 0;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(m_);
    changed_.wait(lock, [this] { return left_ == 0; });
  }

private:
  std::mutex m_;
  std::condition_variable changed_;
  int left_ = 1;
};

// In a struct that the compiler copies, by value into a function.
struct Job {
  int id;
  Gate done;
};

void work(Job job) { job.done.open(); }

void memberBad() {
  Job job{1, {}};
  std::thread worker([&job] { work(job); });
  job.done.wait();
  worker.join();
}

struct SharedJob {
  int id;
  std::shared_ptr<SharedGate> done;
};

void workShared(SharedJob job) { job.done->open(); }

void memberOk() {
  SharedJob job{1, std::make_shared<SharedGate>()};
  std::thread worker([&job] { workShared(job); });
  job.done->wait();
  worker.join();
}
// expected-note@* 0+ {{}}
