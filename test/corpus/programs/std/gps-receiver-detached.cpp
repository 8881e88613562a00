// A GPS receiver that polls in a detached thread until its flag is cleared. The receiver
// is destroyed, nobody clears the flag, and the thread goes on reading memory that is gone.
// pattern: detached task outlives what it uses

#include "oracle.h"

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

class GpsReceiver {
public:
  struct Fix {
    double latitude;
    double longitude;
  };

  GpsReceiver() = default;

#ifdef LEAKING
  ~GpsReceiver() = default;

  void start() {
    std::thread([this] { poll(); }).detach(); // stuck: detached-task
  }
#else
  ~GpsReceiver() {
    running_ = false;
    if (poller_.joinable())
      poller_.join();
  }

  void start() {
    poller_ = std::thread([this] { poll(); });
  }
#endif

  Fix lastFix() const { return {latitude_, longitude_}; }

private:
  void poll() {
    oracle::Task alive;
    while (running_) { // cause
      if (sentence_[0] == '$')
        latitude_ = latitude_ + 0.25;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  std::array<char, 4096> sentence_{};
  std::atomic<bool> running_ = true;
  std::atomic<double> latitude_ = 48.1;
  std::atomic<double> longitude_ = 11.6;
#ifndef LEAKING
  std::thread poller_;
#endif
};

double locate() {
  auto receiver = std::make_unique<GpsReceiver>();
  receiver->start();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  return receiver->lastFix().latitude;
}

int main() {
  oracle::watch();
  locate();
  return oracle::verdict();
}
