// RUN: %verify -std=c++20 %s
// Detached threads and what they use.

#include <atomic>
#include <condition_variable>
#include <latch>
#include <memory>
#include <mutex>
#include <thread>

bool measure() noexcept;

void localBad() {
  std::atomic<int> count = 0;
  std::thread([&count] { ++count; }).detach(); // expected-warning {{'count'}}
}

void valueOk() {
  int count = 0;
  std::thread([count]() mutable { ++count; }).detach();
}

void sharedOk() {
  auto count = std::make_shared<std::atomic<int>>(0);
  std::thread([count] { ++*count; }).detach();
}

static std::atomic<int> Total;
void staticOk() {
  std::thread([] { ++Total; }).detach();
}

// It counts down last, and somebody waits for that.
void latchOk() {
  std::atomic<int> count = 0;
  std::latch done(1);
  std::thread([&] {
    ++count;
    done.count_down();
  }).detach();
  done.wait();
}

// The waiter goes on only when the flag is set, under the lock.
void conditionOk() {
  std::mutex m;
  std::condition_variable changed;
  bool done = false;
  std::thread([&] {
    std::lock_guard guard(m);
    done = true;
    changed.notify_one();
  }).detach();
  std::unique_lock lock(m);
  changed.wait(lock, [&] { return done; });
}

class PollerBad {
public:
  void start() {
    thread_ = std::thread([this] { poll(); });
    thread_.detach(); // expected-warning {{'poller'}}
  }

private:
  void poll() {
    while (running_)
      std::this_thread::yield();
  }
  std::atomic<bool> running_ = true;
  std::thread thread_;
};

class PollerOk {
public:
  ~PollerOk() {
    running_ = false;
    thread_.join();
  }
  void start() {
    thread_ = std::thread([this] { poll(); });
  }

private:
  void poll() {
    while (running_)
      std::this_thread::yield();
  }
  std::atomic<bool> running_ = true;
  std::thread thread_;
};

void pollBad() {
  auto poller = std::make_unique<PollerBad>();
  poller->start();
}

void pollOk() {
  auto poller = std::make_unique<PollerOk>();
  poller->start();
}

// It waits in what is gone.
class BarBad {
public:
  BarBad() { std::thread(&BarBad::paint, this).detach(); }
  void advance() {
    ++step_;
    step_.notify_one();
  }

private:
  void paint() {
    for (int shown = 0; shown >= 0; shown = step_.load())
      step_.wait(shown); // expected-warning {{'step_'}}
  }
  std::atomic<int> step_ = 0;
};

void copyBad() {
  BarBad bar;
  bar.advance();
}

// Nobody can tell who else has the object.
void keep(std::shared_ptr<PollerOk> &Out);
class Owned : public std::enable_shared_from_this<Owned> {
public:
  void start() {
    std::thread([self = shared_from_this()] { self->run(); }).detach();
  }

private:
  void run() { done_ = measure(); }
  std::atomic<bool> done_ = false;
};

void ownedOk() {
  auto owned = std::make_shared<Owned>();
  owned->start();
}
// expected-note@* 0+ {{}}
