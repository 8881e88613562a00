// Where the time went: what a part of the analysis costs its thread, whatever else
// the machine is doing.
//   { Stopwatch Watch(Stats.Lower); lower(...); }

#pragma once

#include <ctime>

namespace taskleak {

/// Processor time that this thread has used, in seconds.
inline double threadSeconds() {
  timespec Now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &Now);
  return double(Now.tv_sec) + 1e-9 * double(Now.tv_nsec);
}

/// Adds the thread's seconds of its own lifetime to a sum.
class Stopwatch {
  double &Sum;
  double Start = threadSeconds();

public:
  explicit Stopwatch(double &Sum) : Sum(Sum) {}
  ~Stopwatch() { Sum += threadSeconds() - Start; }
  Stopwatch(const Stopwatch &) = delete;
  Stopwatch &operator=(const Stopwatch &) = delete;
};

} // namespace taskleak
