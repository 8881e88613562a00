// Sees only the declarations.
#include "wrapped.h"

#include <thread>

void slotBad() {
  base::Semaphore free;
  std::thread t([&] { free.Down(); });
  t.join();
}

void slotOk() {
  base::Semaphore free;
  std::thread t([&] { free.Down(); });
  free.Up();
  t.join();
}

void againBad() {
  base::Mutex m;
  m.Lock();
  m.Lock();
}
