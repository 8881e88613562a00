// Charges requests to the quota of a user. A user who is over his quota is refused with the
// mutex locked, and every request after that waits for it.
// pattern: lock not released on one path

#include "oracle.h"

#include <absl/synchronization/mutex.h>

#include <cstdint>
#include <thread>

enum class Decision { kAllow, kDeny };

class Quota {
 public:
  explicit Quota(int64_t limit) : limit_(limit) {}

  Decision Charge(int64_t cost) {
    mu_.Lock();  // stuck: unreleased-lock
    if (used_ + cost > limit_) {
#ifndef LEAKING
      mu_.Unlock();
#endif
      return Decision::kDeny;  // cause
    }
    used_ += cost;
    mu_.Unlock();
    return Decision::kAllow;
  }

  int64_t used() {
    mu_.ReaderLock();  // stuck: unreleased-lock
    const int64_t used = used_;
    mu_.ReaderUnlock();
    return used;
  }

 private:
  absl::Mutex mu_;
  const int64_t limit_;
  int64_t used_ = 0;
};

int64_t ServeUser() {
  Quota quota(10);
  std::thread search([&quota] {
    oracle::Task alive;
    quota.Charge(7);
    quota.Charge(5);
  });
  search.join();
  std::thread dashboard([&quota] {
    oracle::Task alive;
    quota.used();
  });
  dashboard.join();
  return 0;
}

int main() {
  oracle::watch();
  ServeUser();
  return oracle::verdict();
}
