// Blocked tasks that can never move again, each with the best way to get there.

#pragma once

#include "explore/Graph.h"

namespace taskleak {

struct IdleFor {
  uint8_t Idler;
  uint8_t Waiter; ///< It waits for the idling task's end.
  bool IsFed;     ///< On some path somebody brings the idler what it waits for.
};

/// A blocked task that can never move again, in the state that shows it best.
struct StuckTask {
  BlockedTask Wait;
  std::vector<uint32_t> Path; ///< Edges from the first state to there.
  /// It waits for the end of these, which move for ever: a bit for each.
  uint16_t Endless = 0;
  std::optional<IdleFor> Idles; ///< It is, or waits for, one that only time ever moves again.
};

/// One for each place, kind of object and way to get there by calls; of a place first the one
/// with fewest assumptions, then with fewest that hang, then in a state where nobody else moves
/// either, then soonest.
std::vector<StuckTask> stuckTasks(const Graph &G);

/// Tasks that go on for ever and do nothing but wait until a timeout again, for what nobody
/// can bring any more; and those that wait for the end of one which only sleeps. One for each
/// place, ranked as above.
std::vector<StuckTask> idleTasks(const Graph &G);

/// The path to each place where something is used too late, with the last step; in `Wait` only
/// the place is filled in.
std::vector<StuckTask> lateUses(const Graph &G);

} // namespace taskleak
