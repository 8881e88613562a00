// The states that a scenario can get into and the steps between them. States
// themselves are not kept: a path is enough to get to one again.

#pragma once

#include "explore/Successors.h"

#include "llvm/ADT/DenseMap.h"

#include <set>

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
  bool GivesUp;        ///< Main ends the process, as it may have to.
  uint8_t For;         ///< The same, or the task whose select it is a case of.
  Round By;
  uint16_t GoOn = 0;   ///< Where main gives up: those who could go on then, a bit for each.
};

/// A task that cannot go on in a state.
struct BlockedTask {
  StateId In = Elsewhere;
  uint8_t Task = 0;
  uint32_t Site = 0;
  uint64_t Callers = 0; ///< Equal for those that were called from the same places.
  ObjectKind Kind = ObjectKind::None;
  bool IsHung = false;    ///< It waits for the outside and for nothing else.
  bool IsCase = false;    ///< Of a select, which is blocked too.
  bool IsSure = false;    ///< Since it began main has guessed nothing that it could give up for.
  bool ForEach = false;   ///< It needs the end of each of `WaitsFor`.
  uint16_t WaitsFor = 0;  ///< Tasks whose end would let it go: a bit for each.
  uint16_t Hanging = 0;   ///< Those of them that wait for the outside.
};

/// A task that stands at a wait which nothing but time would end now, or between two sleeps.
struct IdlingTask {
  StateId In;
  uint8_t Task;
  uint32_t Site; ///< NoId: it stands at no wait.
  ObjectKind Kind;
  FunctionId Root; ///< What it runs.
};

/// A step in which a task that nobody waits for uses what is gone.
struct LateUse {
  uint32_t Edge, Site;
};

/// On an edge.
struct GuessOn {
  uint32_t Edge;
  Guess Is;
};

/// Over the budget: what comes after is not known.
struct OpenState {
  StateId Id;
  uint16_t Never; ///< Who stays blocked, whatever that is: a bit for each task.
};

/// A coroutine whose handle is out of sight: it may be resumed from there.
struct FreeCoroutine {
  StateId In;
  uint8_t Task;
};

struct Graph {
  std::vector<Edge> Edges;
  std::vector<GuessOn> Guessed; ///< By edge.
  std::vector<LateUse> Late;
  std::vector<Fingerprint> Prints{Fingerprint()};
  std::vector<uint8_t> Tasks{0};             ///< Their number in each state.
  std::vector<BlockedTask> Blocked;          ///< By state.
  std::vector<IdlingTask> Idling;
  std::vector<OpenState> Open;
  std::vector<FreeCoroutine> Free;
  std::set<FunctionId> Over;                 ///< What tasks have run to its end.

  size_t size() const { return Prints.size(); }
  llvm::ArrayRef<GuessOn> guesses(uint32_t Edge) const;
};

/// How a task is blocked in a state; nothing if it can go on.
std::optional<BlockedTask> blockedTask(const Scene &S, const World &W, unsigned Task);

/// How a task is idle in a state; nothing if it is not.
std::optional<IdlingTask> idlingTask(const Scene &S, const World &W, unsigned Task);

/// Runs the whole scenario. Starts again when memory turns out to be touched
/// without order; \p Stats tells whether a bound was hit.
Graph search(const Scene &S, ExploreStats &Stats);

/// For each state, the edges that begin or end there: \p By is `&Edge::From` or `&Edge::To`.
std::vector<std::vector<uint32_t>> edges(const Graph &G, StateId Edge::*By);

/// For each state, the tasks (a bit for each) that can still move from there.
std::vector<uint16_t> movable(const Graph &G);

/// The same, taking it that main never gives up.
std::vector<uint16_t> movableUnlessGivenUp(const Graph &G);

/// The same, taking it that where a container grows without end all stays as it is.
std::vector<uint16_t> movableWhileGrowing(const Graph &G);

/// For each state, the tasks that are in \p Seen there or in a state that can follow.
std::vector<uint16_t> ahead(const Graph &G, std::vector<uint16_t> Seen);

/// The tasks that there are no more after a step.
uint16_t endsIn(const Graph &G, const Edge &Step);

/// Whether a blocked task can never move again, given those that can.
bool isStuck(const BlockedTask &B, uint16_t Can);

/// The tasks whose end it waits for in vain, for they move for ever.
uint16_t endless(const BlockedTask &B, uint16_t Can);

} // namespace taskleak
