// Adds the time between its making and its end to a sum of seconds.

#pragma once

#include <chrono>

namespace taskleak {

class Stopwatch {
  using Clock = std::chrono::steady_clock;
  double &Sum;
  Clock::time_point Start = Clock::now();

public:
  explicit Stopwatch(double &Sum) : Sum(Sum) {}
  ~Stopwatch() { Sum += std::chrono::duration<double>(Clock::now() - Start).count(); }
  Stopwatch(const Stopwatch &) = delete;
  Stopwatch &operator=(const Stopwatch &) = delete;
};

} // namespace taskleak
