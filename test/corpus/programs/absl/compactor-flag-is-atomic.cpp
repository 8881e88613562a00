// A compactor awaits work or its stop under an absl::Mutex, which looks at the condition
// when the mutex is unlocked. stop() stores an atomic flag, and unlocks nothing.
// pattern: lost wake-up: flag changed outside the lock

#include "oracle.h"

#include <absl/synchronization/mutex.h>

#include <atomic>
#include <deque>
#include <string>
#include <thread>

namespace storage {

class Compactor {
 public:
  Compactor() : thread_([this] { Run(); }) {}

  ~Compactor() {
    Stop();
    thread_.join();
  }

  void Add(std::string table) {
    absl::MutexLock lock(&mu_);
    tables_.push_back(std::move(table));
  }

 private:
  void Stop() {
#ifdef LEAKING
    stopping_.store(true);  // cause
#else
    absl::MutexLock lock(&mu_);
    stopping_.store(true);
#endif
  }

  bool HasWork() const { return stopping_.load() || !tables_.empty(); }

  void Run() {
    oracle::Task alive;
    mu_.Lock();
    for (;;) {
      mu_.Await(absl::Condition(this, &Compactor::HasWork));  // stuck: unwoken-wait
      if (tables_.empty()) break;
      tables_.pop_front();
      ++compacted_;
    }
    mu_.Unlock();
  }

  absl::Mutex mu_;
  std::atomic<bool> stopping_{false};
  std::deque<std::string> tables_;
  int compacted_ = 0;
  std::thread thread_;
};

}  // namespace storage

void WriteTables() {
  storage::Compactor compactor;
  compactor.Add("0001.sst");
  compactor.Add("0002.sst");
  oracle::window();  // Both are compacted, and the compactor waits.
}

int main() {
  oracle::watch();
  WriteTables();
  return oracle::verdict();
}
