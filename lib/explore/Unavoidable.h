// Whether some task gets stuck whatever answers are given where the search had to guess.
//   bool log(Level level, ...) { if (level < threshold_) return true; ... }
// A worker that nobody wakes is stuck after a call of `log`, for each level.

#pragma once

#include "explore/StuckTasks.h"

namespace taskleak {

/// A game on the states: one side picks the schedule, and wants the task stuck, the other one the
/// answers. Where the budget has ended the latter has won.
class Unavoidable {
public:
  explicit Unavoidable(const Graph &G);

  /// Whether a task that gets stuck where \p Which does cannot be helped by any answers.
  bool is(const StuckTask &Which) const;

private:
  const Graph &G;
  std::vector<uint16_t> Can;
  std::vector<std::vector<uint32_t>> From, Into; ///< Edges by state.

  bool isLost(StateId S, const std::vector<bool> &Lost) const;
};

} // namespace taskleak
