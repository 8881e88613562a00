// The same, released.
#include <semaphore>
#include <thread>

void serve() {
  std::counting_semaphore<4> slots(0);
  std::thread order([&] { slots.acquire(); });
  slots.release();
  order.join();
}
