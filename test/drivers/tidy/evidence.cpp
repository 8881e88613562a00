// RUN: %tidy --config='{CheckOptions: {taskleak-unfinished-wait-group.Evidence: likely}}' %s -- -std=c++20 2>&1 \
// RUN:   | FileCheck --check-prefixes=BOTH,LIKELY %s
// RUN: %tidy --config='{CheckOptions: {taskleak-unfinished-wait-group.Evidence: proven}}' %s -- -std=c++20 2>&1 \
// RUN:   | FileCheck --check-prefixes=BOTH,PROVEN %s
// What a check shows is an option of its own.

#include <latch>
#include <thread>

bool refused();

void provenBad() {
  std::latch sure(1);
  sure.wait();
}

void likelyBad() {
  std::latch done(1);
  std::thread worker([&] {
    if (refused())
      return;
    done.count_down();
  });
  done.wait();
  worker.join();
}

// BOTH: 'sure'
// LIKELY: 'done'
// PROVEN-NOT: 'done'
