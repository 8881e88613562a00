// Applies configuration changes in the background. The thread is given a stop token and
// does not wait with it, so the destructor of the jthread asks in vain.
// pattern: token ignored by the task

#include "oracle.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

class ConfigApplier {
public:
  ConfigApplier() : worker_([this](std::stop_token stop) { run(stop); }) {}

  void change(const std::string &key, std::string value) {
    std::lock_guard lock(mutex_);
    changes_[key] = std::move(value);
    dirty_ = true;
    changed_.notify_one();
  }

  std::size_t applied() const {
    std::lock_guard lock(mutex_);
    return applied_;
  }

private:
  void run(std::stop_token stop) {
    oracle::Task alive;
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
#ifdef LEAKING
      changed_.wait(lock, [this] { return dirty_; }); // stuck: ignored-cancel, unwoken-wait
#else
      if (!changed_.wait(lock, stop, [this] { return dirty_; }))
        return;
#endif
      dirty_ = false;
      applied_ += changes_.size();
      changes_.clear();
    }
  }

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::string, std::string> changes_;
  std::size_t applied_ = 0;
  bool dirty_ = false;
  std::jthread worker_; // The last member: everything else is there when it starts.
};

std::size_t reconfigure() {
  ConfigApplier applier;
  applier.change("log.level", "debug");
  applier.change("cache.size", "64M");
  oracle::window(); // Both have been applied.
  return applier.applied();
}

int main() {
  oracle::watch();
  reconfigure();
  return oracle::verdict();
}
