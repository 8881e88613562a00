// RUN: %verify -std=c++20 %s
// Tasks that are given a stop token, or a flag, and do not look at it where they wait.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

bool poll() noexcept;

struct Letters {
  std::mutex m;
  std::condition_variable_any arrived;
  std::deque<int> items;

  int pop() {
    std::unique_lock lock(m);
    arrived.wait(lock, [&] { return !items.empty(); }); // expected-warning {{'arrived'}}
    int first = items.front();
    items.pop_front();
    return first;
  }

  bool pop(std::stop_token stop) {
    std::unique_lock lock(m);
    if (!arrived.wait(lock, stop, [&] { return !items.empty(); }))
      return false;
    items.pop_front();
    return true;
  }
};

void notPassedBad() {
  Letters letters;
  std::jthread reader([&](std::stop_token stop) {
    while (!stop.stop_requested())
      letters.pop();
  });
}

void passedOk() {
  Letters letters;
  std::jthread reader([&](std::stop_token stop) {
    while (!stop.stop_requested())
      letters.pop(stop);
  });
}

// Woken by a callback of the token.
void callbackOk() {
  std::mutex m;
  std::condition_variable changed;
  bool stopped = false;
  std::jthread worker([&](std::stop_token stop) {
    std::stop_callback wake(stop, [&] {
      std::lock_guard guard(m);
      stopped = true;
      changed.notify_all();
    });
    std::unique_lock lock(m);
    changed.wait(lock, [&] { return stopped; });
  });
}

// A bounded wait, after which the token is tested.
void boundedOk() {
  std::mutex m;
  std::condition_variable changed;
  std::jthread worker([&](std::stop_token stop) {
    std::unique_lock lock(m);
    while (!stop.stop_requested())
      changed.wait_for(lock, std::chrono::milliseconds(100));
  });
}

// It sleeps, and never looks.
void sleepsBad() {
  std::jthread worker([](std::stop_token stop) {
    while (true)
      std::this_thread::sleep_for(std::chrono::milliseconds(5)); // expected-warning {{'stop'}}
  });
}

void sleepsOk() {
  std::jthread worker([](std::stop_token stop) {
    while (!stop.stop_requested())
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  });
}

// A flag that is tested elsewhere.
class RetryBad {
public:
  RetryBad() : thread_([this] { run(); }) {}
  ~RetryBad() {
    stopped_ = true;
    thread_.join();
  }

private:
  bool send() { return false; }
  void run() {
    while (true) {
      if (stopped_)
        return;
      while (!send())
        std::this_thread::sleep_for(std::chrono::milliseconds(5)); // expected-warning {{'stopped_'}}
    }
  }
  std::atomic<bool> stopped_ = false;
  std::thread thread_;
};

class RetryOk {
public:
  RetryOk() : thread_([this] { run(); }) {}
  ~RetryOk() {
    stopped_ = true;
    thread_.join();
  }

private:
  bool send() { return false; }
  void run() {
    while (true) {
      if (stopped_)
        return;
      while (!send() && !stopped_)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  std::atomic<bool> stopped_ = false;
  std::thread thread_;
};

void retryBad() { RetryBad retry; }
void retryOk() { RetryOk retry; }

// A flag that says go, and a task that runs as long as the process.
void serverOk() {
  std::atomic<bool> ready = false;
  std::thread server([&] {
    while (!ready)
      std::this_thread::yield();
    while (true) {
      poll();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  ready = true;
  server.join();
}

// By form: how long it takes until the token is tested.
void rotateBad(std::stop_token stop) {
  while (!stop.stop_requested()) {
    poll();
    std::this_thread::sleep_for(std::chrono::hours(1)); // expected-warning {{'stop'}}
  }
}

void periodBad(std::stop_token stop, std::chrono::seconds period) {
  while (!stop.stop_requested()) {
    poll();
    std::this_thread::sleep_for(period); // expected-warning {{'stop'}}
  }
}

void shortOk(std::stop_token stop) {
  while (!stop.stop_requested()) {
    poll();
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
}

void tokenWaitOk(std::stop_token stop) {
  std::mutex m;
  std::condition_variable_any never;
  std::unique_lock lock(m);
  while (!stop.stop_requested()) {
    poll();
    never.wait_for(lock, stop, std::chrono::hours(1), [] { return false; });
  }
}
// expected-note@* 0+ {{}}
