// A boot sequence as a state machine in one atomic that others wait on. Going from
// Mounting to Failed stores the new state and tells nobody.
// pattern: notify missed

#include "oracle.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <stop_token>
#include <thread>

namespace boot {

enum class Stage : std::uint8_t { Off, Mounting, Ready, Failed };

constexpr bool isFinal(Stage stage) noexcept { return stage == Stage::Ready || stage == Stage::Failed; }

struct Volume {
  std::uint32_t magic;
};

class Machine {
public:
  [[nodiscard]] Stage stage() const noexcept { return stage_.load(std::memory_order_acquire); }

  void boot(const Volume &root) noexcept {
    advance(Stage::Mounting);
    oracle::window(); // The disks spin up.
    if (root.magic != kMagic) {
#ifdef LEAKING
      stage_.store(Stage::Failed, std::memory_order_release); // cause
#else
      advance(Stage::Failed);
#endif
      return;
    }
    advance(Stage::Ready);
  }

  [[nodiscard]] Stage awaitFinal() const noexcept {
    Stage seen = stage();
    while (!isFinal(seen)) {
      stage_.wait(seen, std::memory_order_acquire); // stuck: unwoken-wait
      seen = stage();
    }
    return seen;
  }

private:
  static constexpr std::uint32_t kMagic = 7;

  void advance(Stage next) noexcept {
    stage_.store(next, std::memory_order_release);
    stage_.notify_all();
  }

  std::atomic<Stage> stage_{Stage::Off};
};

} // namespace boot

bool powerOn() {
  boot::Machine machine;
  std::atomic<int> online{0};
  std::array<std::jthread, 2> services;
  for (auto &service : services)
    service = std::jthread([&] {
      oracle::Task alive;
      if (machine.awaitFinal() == boot::Stage::Ready)
        ++online;
    });
  machine.boot(boot::Volume{.magic = 3});
  return machine.stage() == boot::Stage::Ready;
}

int main() {
  oracle::watch();
  powerOn();
  return oracle::verdict();
}
