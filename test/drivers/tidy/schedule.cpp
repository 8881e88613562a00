// RUN: %tidy --config={} %s -- -std=c++20 2>&1 | FileCheck %s
// The notes walk the schedule, in order, over all tasks.

#include <latch>
#include <thread>

bool refused();

void waitsBad() {
  std::latch done(1);
  std::thread worker([&] {
    if (refused())
      return;
    done.count_down();
  });
  done.wait();
  worker.join();
}

// CHECK: schedule.cpp:16:{{[0-9]+}}: warning: {{.*}}'done'{{.*}} [taskleak-unfinished-wait-group]
// CHECK: schedule.cpp:{{1[0-6]}}:{{[0-9]+}}: note: 
// CHECK: schedule.cpp:16:{{[0-9]+}}: note: 
// CHECK: note: assuming
