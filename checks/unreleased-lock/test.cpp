// RUN: %verify -std=c++20 %s
// Locks that one path leaves locked.

#include <mutex>
#include <thread>
#include <vector>

bool parse(int text);
bool full() noexcept;
void log(int line) noexcept;

// Run: the second task waits for what the first has kept.
void workersBad() {
  std::mutex m;
  auto work = [&] {
    m.lock(); // expected-warning {{'m'}}
    if (full())
      return;
    m.unlock();
  };
  std::thread a(work), b(work);
  a.join();
  b.join();
}

void workersOk() {
  std::mutex m;
  auto work = [&] {
    m.lock();
    if (full()) {
      m.unlock();
      return;
    }
    m.unlock();
  };
  std::thread a(work), b(work);
  a.join();
  b.join();
}

void threwBad() {
  std::mutex m;
  std::thread a([&] {
    try {
      m.lock();
      parse(1);
      m.unlock();
    } catch (...) {
    }
  });
  a.join();
  m.lock(); // expected-warning {{'m'}}
  m.unlock();
}

void threwOk() {
  std::mutex m;
  std::thread a([&] {
    try {
      std::lock_guard guard(m);
      parse(1);
    } catch (...) {
    }
  });
  a.join();
  m.lock();
  m.unlock();
}

// In a loop the same task comes back for it.
void loopBad() {
  std::mutex m;
  for (int i = 0; i < 3; ++i) {
    m.lock(); // expected-warning {{'m'}}
    if (full())
      continue;
    m.unlock();
  }
}

void loopOk() {
  std::mutex m;
  for (int i = 0; i < 3; ++i) {
    m.lock();
    if (full()) {
      m.unlock();
      continue;
    }
    m.unlock();
  }
}

// By form: nobody here owns such a box.
class BoxBad {
public:
  void put(int letter) {
    mutex_.lock(); // expected-warning {{'mutex_'}}
    if (letters_.size() == 10)
      return;
    letters_.push_back(letter);
    mutex_.unlock();
  }

private:
  std::mutex mutex_;
  std::vector<int> letters_;
};

class BoxOk {
public:
  void put(int letter) {
    mutex_.lock();
    if (letters_.size() != 10)
      letters_.push_back(letter);
    mutex_.unlock();
  }

  // The caller gets it locked, and is told.
  bool begin() {
    mutex_.lock();
    if (letters_.size() == 10) {
      mutex_.unlock();
      return false;
    }
    return true;
  }
  void end() { mutex_.unlock(); }

  void lock() { mutex_.lock(); }
  std::unique_lock<std::mutex> locked() { return std::unique_lock(mutex_); }

  bool tryPut(int letter) {
    if (!mutex_.try_lock())
      return false;
    letters_.push_back(letter);
    mutex_.unlock();
    return true;
  }

private:
  std::mutex mutex_;
  std::vector<int> letters_;
};

// A lock class of one's own.
class Mutex {
public:
  void Lock() { mu_.lock(); }
  void Unlock() { mu_.unlock(); }

private:
  std::mutex mu_;
};

class TableBad {
public:
  int find(int key) {
    mutex_.Lock(); // expected-warning {{'mutex_'}}
    if (key < 0)
      return -1;
    int value = values_[key];
    mutex_.Unlock();
    return value;
  }

private:
  Mutex mutex_;
  std::vector<int> values_;
};

class TableOk {
public:
  int find(int key) {
    mutex_.Lock();
    int value = key < 0 ? -1 : values_[key];
    mutex_.Unlock();
    return value;
  }

private:
  Mutex mutex_;
  std::vector<int> values_;
};

// Nobody outside can unlock it, whatever they are told.
enum class Answer { Given, Unknown, NotYours };

class BoardsBad {
public:
  Answer giveBack(int owner, unsigned board) {
    mutex_.Lock(); // expected-warning {{'mutex_' is not unlocked}}
    if (board >= owners_.size()) {
      mutex_.Unlock();
      return Answer::Unknown;
    }
    if (owners_[board] != owner)
      return Answer::NotYours;
    owners_[board] = 0;
    mutex_.Unlock();
    return Answer::Given;
  }

private:
  Mutex mutex_;
  std::vector<int> owners_;
};

// Who gets this answer has it locked, and says when he is done.
class BoardsOk {
public:
  Answer take(unsigned board) {
    mutex_.Lock();
    if (board >= owners_.size()) {
      mutex_.Unlock();
      return Answer::Unknown;
    }
    return Answer::Given;
  }
  void done() { mutex_.Unlock(); }

private:
  Mutex mutex_;
  std::vector<int> owners_;
};
// expected-note@* 0+ {{}}
