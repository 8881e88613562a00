// The states that a scenario can get into and the steps between them. States
// themselves are not kept: a path is enough to get to one again.

#pragma once

#include "explore/Successors.h"

#include "llvm/ADT/DenseMap.h"

namespace taskleak {

using StateId = uint32_t;
/// Where the process has ended, or nobody knows what comes.
constexpr StateId Elsewhere = 0;

struct Edge {
  StateId From, To;
  TaskMap Map;
  uint8_t Task;        ///< Who takes the step.
  uint8_t Assumptions;
  bool Flipped, Hung, Moved;
};

/// A task that cannot go on in a state.
struct BlockedTask {
  StateId In = Elsewhere;
  uint8_t Task = 0;
  uint32_t Site = 0;
  ObjectKind Kind = ObjectKind::None;
  bool IsHung = false;    ///< It waits for the outside and for nothing else.
  bool IsCase = false;    ///< Of a select, which is blocked too.
  bool ForEach = false;   ///< It needs the end of each of `WaitsFor`.
  uint16_t WaitsFor = 0;  ///< Tasks whose end would let it go: a bit for each.
  uint16_t Hanging = 0;   ///< Those of them that wait for the outside.
};

/// A step in which a task that nobody waits for uses what is gone.
struct LateUse {
  uint32_t Edge, Site;
};

struct Graph {
  std::vector<Edge> Edges;
  std::vector<LateUse> Late;
  std::vector<Fingerprint> Prints{Fingerprint()};
  std::vector<uint8_t> Tasks{0};             ///< Their number in each state.
  std::vector<BlockedTask> Blocked;          ///< By state.

  size_t size() const { return Prints.size(); }
};

/// How a task is blocked in a state; nothing if it can go on.
std::optional<BlockedTask> blockedTask(const Scene &S, const World &W, unsigned Task);

/// Runs the whole scenario. Starts again when memory turns out to be touched
/// without order; \p Stats tells whether a bound was hit.
Graph search(const Scene &S, ExploreStats &Stats, std::vector<bool> &Entered);

/// For each state, the tasks (a bit for each) that can still move from there.
std::vector<uint16_t> movable(const Graph &G);

/// A blocked task that can never move again, in the state that shows it best.
struct StuckTask {
  BlockedTask Wait;
  std::vector<uint32_t> Path; ///< Edges from the first state to there.
  /// It waits for the end of these, which move for ever: a bit for each.
  uint16_t Endless = 0;
};

/// One for each place and kind of object: with fewest assumptions, then with
/// fewest that hang, then in a state where nobody else moves either, then soonest.
std::vector<StuckTask> stuckTasks(const Graph &G);

/// The path to each place where something is used too late, with the last step; in `Wait` only
/// the place is filled in.
std::vector<StuckTask> lateUses(const Graph &G);

} // namespace taskleak
