// Parts of a flow simulation advance step by step, together at a barrier. A part that
// diverges leaves its loop, and the others wait for it at the next step.
// pattern: consumer leaves on an error

#include "oracle.h"

#include <barrier>
#include <cmath>
#include <thread>
#include <vector>

namespace sim {

constexpr int kSteps = 4;

struct Part {
  double pressure;
  double rate;
  int steps_done = 0;

  /// False if the part has no solution any more.
  bool advance() {
    pressure *= rate;
    ++steps_done;
    return std::abs(pressure) < 1e6;
  }
};

void run_part(Part &part, std::barrier<> &step_over) {
  oracle::Task alive;
  for (int step = 0; step < kSteps; ++step) {
    if (!part.advance()) {
#ifndef LEAKING
      step_over.arrive_and_drop();
#endif
      return; // cause
    }
    step_over.arrive_and_wait(); // stuck: unfinished-wait-group, unwoken-wait
  }
}

bool simulate(std::vector<Part> &parts) {
  std::barrier step_over(static_cast<std::ptrdiff_t>(parts.size()));
  {
    std::vector<std::jthread> threads;
    for (auto &part : parts)
      threads.emplace_back([&] { run_part(part, step_over); });
  }
  for (const auto &part : parts)
    if (part.steps_done < kSteps)
      return false;
  return true;
}

} // namespace sim

void simulate_pipe() {
  std::vector<sim::Part> parts{{.pressure = 1.0, .rate = 1.1}, {.pressure = 100.0, .rate = 1e3}};
  sim::simulate(parts);
}

int main() {
  oracle::watch();
  simulate_pipe();
  return oracle::verdict();
}
