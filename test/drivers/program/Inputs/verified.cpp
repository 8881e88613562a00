// Nobody releases what `order` waits for.
#include <semaphore>
#include <thread>

void place() {
  std::counting_semaphore<4> slots(0); // expected-note {{'slots' is made here}}
  // expected-warning@+2 {{[taskleak-unwoken-wait]}}
  // expected-note@+1 1+ {{: }}
  std::thread order([&] { slots.acquire(); });
  order.join(); // expected-note 0+ {{: }}
}
