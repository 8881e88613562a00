// Clients wait for a lease that is revoked. The revocation signals one of them, and it is
// good news for all.
// pattern: notify_one for several waiters

#include "oracle.h"

#include <absl/synchronization/mutex.h>

#include <string>
#include <thread>
#include <vector>

namespace lease {

class LeaseTable {
 public:
  explicit LeaseTable(std::string holder) : holder_(std::move(holder)) {}

  void WaitForRevocation() {
    mu_.Lock();
    ++waiting_;
    while (!holder_.empty()) {
      revoked_.Wait(&mu_);  // stuck: unwoken-wait
    }
    --waiting_;
    mu_.Unlock();
  }

  void Revoke() {
    mu_.Lock();
    holder_.clear();
#ifdef LEAKING
    revoked_.Signal();  // cause
#else
    revoked_.SignalAll();
#endif
    mu_.Unlock();
  }

 private:
  absl::Mutex mu_;
  absl::CondVar revoked_;
  std::string holder_;
  int waiting_ = 0;
};

}  // namespace lease

void HandOver() {
  lease::LeaseTable leases("replica-3");
  std::vector<std::thread> candidates;
  for (int i = 0; i < 2; ++i) {
    candidates.emplace_back([&leases] {
      oracle::Task alive;
      leases.WaitForRevocation();
    });
  }
  oracle::window();  // Both candidates wait.
  leases.Revoke();
  for (auto& candidate : candidates) candidate.join();
}

int main() {
  oracle::watch();
  HandOver();
  return oracle::verdict();
}
