// Settings that tell observers about a theme while they hold the lock for readers. An
// observer that corrects the value asks for the lock for writers, which its own reader holds.
// pattern: relock through a callback

#include "oracle.h"

#include <functional>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

class Settings {
public:
  using Observer = std::function<void(const std::string &)>;

  void observe(Observer observer) {
    std::unique_lock lock(mutex_);
    observers_.push_back(std::move(observer));
  }

  void setTheme(std::string theme) {
    std::unique_lock lock(mutex_); // stuck: lock-cycle
    theme_ = std::move(theme);
  }

  void broadcast() const {
    std::shared_lock lock(mutex_);
#ifdef LEAKING
    for (const Observer &observer : observers_)
      observer(theme_); // cause
#else
    auto observers = observers_;
    auto theme = theme_;
    lock.unlock();
    for (const Observer &observer : observers)
      observer(theme);
#endif
  }

private:
  mutable std::shared_mutex mutex_;
  std::string theme_ = "solarised";
  std::vector<Observer> observers_;
};

void startDesktop() {
  Settings settings;
  settings.observe([&settings](const std::string &theme) {
    if (theme == "solarised")
      settings.setTheme("solarized");
  });
  std::thread startup([&settings] {
    oracle::Task alive;
    settings.broadcast();
  });
  startup.join();
}

int main() {
  oracle::watch();
  startDesktop();
  return oracle::verdict();
}
