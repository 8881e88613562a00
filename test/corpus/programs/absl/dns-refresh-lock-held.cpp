// A DNS cache. A refresh waits for the resolver with the mutex held; the resolver takes the
// same mutex to store its answer before it notifies.
// pattern: lock held across a wait whose waker needs it

#include "oracle.h"

#include <absl/synchronization/mutex.h>
#include <absl/synchronization/notification.h>

#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <vector>

class DnsCache {
 public:
  ~DnsCache() {
    for (std::thread& resolver : resolvers_) resolver.join();
  }

  uint32_t Lookup(const std::string& host) {
    {
      absl::ReaderMutexLock lock(&mu_);
      if (auto it = addresses_.find(host); it != addresses_.end()) return it->second;
    }
    return Refresh(host);
  }

 private:
  uint32_t Refresh(const std::string& host) {
    absl::Notification resolved;
#ifdef LEAKING
    absl::MutexLock lock(&mu_);  // cause
#endif
    resolvers_.emplace_back([this, &host, &resolved] { Resolve(host, resolved); });
    resolved.WaitForNotification();  // stuck: lock-cycle, unwoken-wait
#ifndef LEAKING
    absl::MutexLock lock(&mu_);
#endif
    return addresses_[host];
  }

  void Resolve(const std::string& host, absl::Notification& resolved) {
    oracle::Task alive;
    const uint32_t address = 0x7f000001;
    {
      absl::MutexLock lock(&mu_);  // stuck: lock-cycle
      addresses_[host] = address;
    }
    resolved.Notify();
  }

  absl::Mutex mu_;
  std::map<std::string, uint32_t> addresses_;
  std::vector<std::thread> resolvers_;
};

uint32_t OpenPage() {
  DnsCache cache;
  return cache.Lookup("localhost");
}

int main() {
  oracle::watch();
  OpenPage();
  return oracle::verdict();
}
