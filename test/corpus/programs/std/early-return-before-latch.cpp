// A start-up sequence that waits on a latch until each subsystem has come up. One
// that finds no configuration returns early and does not count down.
// pattern: done missed on an early return

#include "oracle.h"

#include <latch>
#include <string>
#include <thread>
#include <vector>

struct Subsystem {
  std::string name;
  std::string configuration;
};

bool start(const Subsystem &subsystem) noexcept { return subsystem.name.size() < 20; }

void bringUp(const Subsystem &subsystem, std::latch &up) {
  oracle::Task alive;
  if (subsystem.configuration.empty()) {
#ifndef LEAKING
    up.count_down();
#endif
    return; // cause
  }
  start(subsystem);
  up.count_down();
}

void bringUpAll(const std::vector<Subsystem> &subsystems) {
  std::latch up(2);
  std::thread network([&] { bringUp(subsystems[0], up); });
  std::thread storage([&] { bringUp(subsystems[1], up); });
  up.wait(); // stuck: unfinished-wait-group
  network.join();
  storage.join();
}

int main() {
  oracle::watch();
  bringUpAll({{"network", "eth0"}, {"storage", ""}});
  return oracle::verdict();
}
