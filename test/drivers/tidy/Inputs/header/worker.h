// A leak in a header.

#pragma once

#include <latch>

inline void workBad() {
  std::latch done(1);
  done.wait();
}
