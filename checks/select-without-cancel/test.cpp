// RUN: %verify -std=c++20 %s
// Multi-way waits none of whose cases can happen.

#include <poll.h>
#include <thread>
#include <unistd.h>

void serveBad() {
  int jobs[2], urgent[2];
  if (pipe(jobs) != 0 || pipe(urgent) != 0)
    return;
  std::thread worker([&] {
    pollfd from[] = {{jobs[0], POLLIN, 0}, {urgent[0], POLLIN, 0}};
    poll(from, 2, -1); // expected-warning {{poll}}
  });
  worker.join();
}

// A pipe that says stop.
void stoppedOk() {
  int jobs[2], stop[2];
  if (pipe(jobs) != 0 || pipe(stop) != 0)
    return;
  std::thread worker([&] {
    pollfd from[] = {{jobs[0], POLLIN, 0}, {stop[0], POLLIN, 0}};
    poll(from, 2, -1);
  });
  (void)write(stop[1], "", 1);
  worker.join();
}

void boundedOk() {
  int jobs[2], urgent[2];
  if (pipe(jobs) != 0 || pipe(urgent) != 0)
    return;
  std::thread worker([&] {
    pollfd from[] = {{jobs[0], POLLIN, 0}, {urgent[0], POLLIN, 0}};
    poll(from, 2, 100);
  });
  worker.join();
}
// expected-note@* 0+ {{}}
