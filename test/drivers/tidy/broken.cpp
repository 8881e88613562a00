// RUN: not %tidy --config={} %s -- -std=c++20 2>&1 | FileCheck %s
// A unit that does not compile is clang-tidy's to report, and is not judged.

#include <latch>

void leakBad() {
  std::latch done(1);
  done.wait();
}

int broken = missing;

// CHECK-NOT: taskleak-
// CHECK: broken.cpp:11:{{[0-9]+}}: error: use of undeclared identifier 'missing'
// CHECK-NOT: taskleak-
