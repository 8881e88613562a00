// A service starts when its cache is warm: a baton is posted when the last shard is loaded. If a
// shard cannot be loaded, nobody posts.
// pattern: notify missed

#include "oracle.h"

#include <folly/executors/CPUThreadPoolExecutor.h>
#include <folly/synchronization/Baton.h>

#include <mutex>

class CacheWarmer {
 public:
  explicit CacheWarmer(int shards) : remaining_(shards) {}

  void load(int shard) {
    oracle::Task alive;
    const bool isLoaded = shard != 2;
    std::lock_guard<std::mutex> lock(mutex_);
    if (!isLoaded) {
      ++cold_;
#ifdef LEAKING
      return;  // cause
#endif
    }
    if (--remaining_ == 0) {
      warm_.post();
    }
  }

  void waitUntilWarm() { warm_.wait(); }  // stuck: unwoken-wait

 private:
  std::mutex mutex_;
  int remaining_;
  int cold_ = 0;
  folly::Baton<> warm_;
};

void startService() {
  oracle::Task alive;
  CacheWarmer warmer(2);
  folly::CPUThreadPoolExecutor executor(2);
  executor.add([&warmer] { warmer.load(1); });
  executor.add([&warmer] { warmer.load(2); });
  warmer.waitUntilWarm();
}

int main() {
  oracle::watch();
  startService();
  return oracle::verdict();
}
