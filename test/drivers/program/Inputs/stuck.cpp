// Nobody releases what `order` waits for.
#include <semaphore>
#include <thread>

void place() {
  std::counting_semaphore<4> slots(0);
  std::thread order([&] { slots.acquire(); });
  order.join();
}
