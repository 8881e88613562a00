// Threads reserve memory from a budget and wait while it is used up. Shutting down sets a
// flag under the mutex; the condition that they wait for does not look at it.
// pattern: predicate without the stop flag

#include "oracle.h"

#include <absl/base/thread_annotations.h>
#include <absl/synchronization/mutex.h>

#include <cstdint>
#include <thread>

class MemoryBudget {
 public:
  explicit MemoryBudget(int64_t bytes) : available_(bytes) {}

  // False if the budget was shut down.
  bool Reserve(int64_t bytes) ABSL_LOCKS_EXCLUDED(mu_) {
    absl::MutexLock lock(&mu_);
#ifdef LEAKING
    auto can_go_on = [this, bytes] { return available_ >= bytes; };  // cause
#else
    auto can_go_on = [this, bytes] { return shut_down_ || available_ >= bytes; };
#endif
    mu_.Await(absl::Condition(&can_go_on));  // stuck: unwoken-wait
    if (shut_down_) return false;
    available_ -= bytes;
    return true;
  }

  void Release(int64_t bytes) {
    absl::MutexLock lock(&mu_);
    available_ += bytes;
  }

  void ShutDown() {
    absl::MutexLock lock(&mu_);
    shut_down_ = true;
  }

 private:
  absl::Mutex mu_;
  int64_t available_ ABSL_GUARDED_BY(mu_);
  bool shut_down_ ABSL_GUARDED_BY(mu_) = false;
};

void CompactTables() {
  MemoryBudget budget(64);
  std::thread large([&budget] {
    oracle::Task alive;
    if (budget.Reserve(128)) budget.Release(128);
  });
  std::thread small([&budget] {
    oracle::Task alive;
    if (budget.Reserve(32)) budget.Release(32);
  });
  small.join();
  budget.ShutDown();
  large.join();
}

int main() {
  oracle::watch();
  CompactTables();
  return oracle::verdict();
}
