// Nothing to say here.

#include <latch>
#include <thread>

void finishAll() {
  std::latch done(1);
  std::jthread one([&] { done.count_down(); });
  done.wait();
}
