// RUN: %verify -std=c++20 %s
// Locks that are wanted by those who have them, and locks held across waits.

#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <shared_mutex>
#include <thread>

class AccountBad {
public:
  void deposit(int amount, bool closes) {
    std::lock_guard guard(mutex_);
    total_ += amount;
    if (closes)
      reset();
  }
  void reset() {
    std::lock_guard guard(mutex_); // expected-warning {{'mutex_'}}
    total_ = 0;
  }

private:
  std::mutex mutex_;
  int total_ = 0;
};

class AccountOk {
public:
  void deposit(int amount, bool closes) {
    std::lock_guard guard(mutex_);
    total_ += amount;
    if (closes)
      reset();
  }
  void reset() {
    std::lock_guard guard(mutex_);
    total_ = 0;
  }

private:
  std::recursive_mutex mutex_;
  int total_ = 0;
};

void payBad(int amount, bool closes) {
  AccountBad account;
  account.deposit(amount, closes);
}

void payOk(int amount, bool closes) {
  AccountOk account;
  account.deposit(amount, closes);
}

void oppositeOrderBad() {
  std::mutex from, to;
  std::thread there([&] {
    std::lock_guard a(from);
    std::lock_guard b(to);
  });
  {
    std::lock_guard b(to);
    std::lock_guard a(from); // expected-warning {{'from'}}
  }
  there.join();
}

void sameOrderOk() {
  std::mutex from, to;
  std::thread there([&] {
    std::lock_guard a(from);
    std::lock_guard b(to);
  });
  {
    std::lock_guard a(from);
    std::lock_guard b(to);
  }
  there.join();
}

void bothAtOnceOk() {
  std::mutex from, to;
  std::thread there([&] { std::scoped_lock both(from, to); });
  { std::scoped_lock both(to, from); }
  {
    std::unique_lock a(to, std::defer_lock), b(from, std::defer_lock);
    std::lock(a, b);
  }
  there.join();
}

// In another order, but before anybody else could want them.
void oppositeButAloneOk() {
  std::mutex from, to;
  {
    std::lock_guard b(to);
    std::lock_guard a(from);
  }
  std::thread there([&] {
    std::lock_guard a(from);
    std::lock_guard b(to);
  });
  there.join();
}

// Whoever comes second gives the first back and tries again.
void triedOk() {
  std::mutex from, to;
  std::thread there([&] {
    std::lock_guard a(from);
    std::lock_guard b(to);
  });
  {
    std::unique_lock b(to);
    std::unique_lock a(from, std::try_to_lock);
    if (!a)
      b.unlock();
  }
  there.join();
}

void joinUnderLockBad() {
  std::mutex m;
  int done = 0;
  std::thread worker([&] {
    std::lock_guard guard(m);
    done = 1;
  });
  std::lock_guard guard(m);
  worker.join(); // expected-warning {{'worker'}}
}

void joinAfterLockOk() {
  std::mutex m;
  int done = 0;
  std::thread worker([&] {
    std::lock_guard guard(m);
    done = 1;
  });
  {
    std::lock_guard guard(m);
    done = 2;
  }
  worker.join();
}

void resultUnderLockBad() {
  std::mutex m;
  int rate = 1;
  auto result = std::async(std::launch::async, [&] {
    std::lock_guard guard(m);
    return rate;
  });
  std::lock_guard guard(m);
  rate = result.get(); // expected-warning {{'result'}}
}

void resultBeforeLockOk() {
  std::mutex m;
  int rate = 1;
  auto result = std::async(std::launch::async, [&] {
    std::lock_guard guard(m);
    return rate;
  });
  int next = result.get();
  std::lock_guard guard(m);
  rate = next;
}

// The wait lets go of one lock, and keeps the other.
void waitUnderSecondLockBad() {
  std::mutex outer, inner;
  std::condition_variable ready;
  bool set = false;
  std::thread other([&] {
    std::lock_guard o(outer);
    std::lock_guard i(inner);
    set = true;
    ready.notify_one();
  });
  {
    std::lock_guard o(outer);
    std::unique_lock i(inner);
    ready.wait(i, [&] { return set; }); // expected-warning {{'ready'}}
  }
  other.join();
}

void waitUnderOneLockOk() {
  std::mutex outer, inner;
  std::condition_variable ready;
  bool set = false;
  std::thread other([&] {
    std::lock_guard o(outer);
    std::lock_guard i(inner);
    set = true;
    ready.notify_one();
  });
  {
    std::unique_lock i(inner);
    ready.wait(i, [&] { return set; });
  }
  other.join();
}

class ListenerBad {
public:
  void onChange(std::function<void()> call) { call_ = call; }
  void set(int value) {
    std::lock_guard guard(mutex_);
    value_ = value;
    call_();
  }
  int get() {
    std::lock_guard guard(mutex_); // expected-warning {{'mutex_'}}
    return value_;
  }

private:
  std::mutex mutex_;
  std::function<void()> call_;
  int value_ = 0;
};

class ListenerOk {
public:
  void onChange(std::function<void()> call) { call_ = call; }
  void set(int value) {
    {
      std::lock_guard guard(mutex_);
      value_ = value;
    }
    call_();
  }
  int get() {
    std::lock_guard guard(mutex_);
    return value_;
  }

private:
  std::mutex mutex_;
  std::function<void()> call_;
  int value_ = 0;
};

void listenBad() {
  ListenerBad listener;
  listener.onChange([&] { listener.get(); });
  listener.set(1);
}

void listenOk() {
  ListenerOk listener;
  listener.onChange([&] { listener.get(); });
  listener.set(1);
}

void upgradeBad() {
  std::shared_mutex cache;
  std::shared_lock reading(cache);
  std::unique_lock writing(cache); // expected-warning {{'cache'}}
}

void readAgainOk() {
  std::shared_mutex cache;
  std::shared_lock reading(cache);
  reading.unlock();
  std::unique_lock writing(cache);
}

// Readers do not keep each other out.
void readersOk() {
  std::shared_mutex a, b;
  std::thread there([&] {
    std::shared_lock x(a);
    std::shared_lock y(b);
  });
  {
    std::shared_lock y(b);
    std::shared_lock x(a);
  }
  there.join();
}
// expected-note@* 0+ {{}}
