// Stuck only if the shop is closed.
#include <semaphore>
#include <thread>

void place(bool closed) {
  std::counting_semaphore<4> slots(0);
  std::thread order([&] { slots.acquire(); });
  if (!closed)
    slots.release();
  order.join();
}
