// Threads wait until a device has come up, with the wait of an atomic. The driver wakes
// them first and stores the new state then; they look, see the old one, and wait again.
// pattern: notify before the flag

#include "oracle.h"

#include <atomic>
#include <thread>

namespace usb {

enum class DeviceState : int { Absent, Ready };

class Device {
public:
  void waitUntilReady() const {
    state_.wait(DeviceState::Absent); // stuck: unwoken-wait
  }

  void attach() {
    enumerate();
#ifdef LEAKING
    state_.notify_all(); // cause
    oracle::window();    // Whoever was woken has looked at the state.
    state_.store(DeviceState::Ready);
#else
    state_.store(DeviceState::Ready);
    state_.notify_all();
#endif
  }

  int interfaces() const { return interfaces_; }

private:
  void enumerate() { interfaces_ = 2; }

  std::atomic<DeviceState> state_ = DeviceState::Absent;
  int interfaces_ = 0;
};

class Keyboard {
public:
  explicit Keyboard(const Device &device) : device_(device) {}

  void open() {
    oracle::Task alive;
    device_.waitUntilReady();
    interfaces_ = device_.interfaces();
  }

private:
  const Device &device_;
  int interfaces_ = 0;
};

} // namespace usb

void plugIn() {
  usb::Device device;
  usb::Keyboard keyboard(device);
  std::thread opener(&usb::Keyboard::open, &keyboard);
  oracle::window(); // The keyboard waits for its device.
  device.attach();
  opener.join();
}

int main() {
  oracle::watch();
  plugIn();
  return oracle::verdict();
}
