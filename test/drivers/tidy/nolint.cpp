// RUN: %tidy --config={} %s -- -std=c++20 2>&1 | FileCheck %s
// Suppressions are clang-tidy's own.

#include <latch>

void toldBad() {
  std::latch told(1);
  told.wait();
}

void lineBad() {
  std::latch quiet(1);
  quiet.wait(); // NOLINT(taskleak-unfinished-wait-group)
}

void nextBad() {
  std::latch quiet(1);
  // NOLINTNEXTLINE(taskleak-*)
  quiet.wait();
}

void otherBad() {
  std::latch other(1);
  other.wait(); // NOLINT(bugprone-unused-return-value)
}

// CHECK: nolint.cpp:8:{{[0-9]+}}: warning: {{.*}}'told'{{.*}} [taskleak-unfinished-wait-group]
// CHECK-NOT: 'quiet'
// CHECK: nolint.cpp:24:{{[0-9]+}}: warning: {{.*}}'other'
// CHECK-NOT: 'quiet'
