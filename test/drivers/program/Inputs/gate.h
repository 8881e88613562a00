// Two units include it.
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

inline void passClosedGate() {
  std::mutex lock;
  std::condition_variable opened;
  std::thread visitor([&] {
    std::unique_lock held(lock);
    opened.wait(held);
  });
  visitor.join();
}
