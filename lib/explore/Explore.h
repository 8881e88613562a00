// Runs a scenario like a small model checker: every schedule, every outcome of
// a timed wait, every unknown condition, within a budget. Finds each task that
// is blocked in a state from which it can never move again.

#pragma once

#include "skeleton/Skeleton.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace taskleak {

/// The most work one scenario may cost. Over it the explorer is silent.
struct Budget {
  unsigned States = 3000; ///< Of ordinary size: a large one counts for several.
  unsigned Tasks = 10;
  unsigned Objects = 160;
  unsigned Frames = 24;
  unsigned LocalSteps = 4000; ///< Instructions of one step between two scheduling points.
  bool Reduce = true;         ///< Off: every instruction is a step. For tests of the reduction.
  /// Where not all states can be looked at: go on from some to an end, one way at a time.
  bool Dive = true;
  bool Blame = true; ///< Who holds up those that are stuck is to be found out.
  bool Answers = false; ///< Whether other answers could help them is to be found out.
};

/// A choice that is neither the scheduler's nor a timeout's nor a documented failure's.
struct Assumption {
  InstructionRef At;
  std::string Text; ///< "`err` is true", "`parse` throws", "`n` is 2".
  bool OfCaller = false; ///< About what the scenario's own caller passes, or a user of a class.
  bool OfState = false;  ///< What is asked of an object out of sight, which may change.
  bool Inexact = false;  ///< About what was computed with floating point.
  uint32_t Subject = 0;  ///< Equal for guesses about one thing, a line that was read; 0: unknown.
  unsigned Times = 1;    ///< How often it was made.
};

/// One visible operation of one task in the schedule that gets a task stuck.
struct ScheduleStep {
  unsigned Task = 0;      ///< Index into `Stuck::Tasks`.
  InstructionRef At;
  Outcome Ended = Outcome::Ok;
  bool Blocks = false;    ///< The task begins to wait here and does not go on at once.
  bool Threw = false;
  std::string Object;     ///< The name of the object it is about, or empty.
  std::string Note;       ///< E.g. "wakes nobody", "capacity 2 is used up"; or empty.
};

struct TaskTrail {
  std::string Name;       ///< "main task" for the scenario's own.
  InstructionRef Spawned; ///< Invalid for the scenario's own.
  bool Detached = false;
  bool Ended = false;     ///< In the stuck state.
  InstructionRef Blocked; ///< Where it waits in the stuck state; invalid if it ended or can go on.
  bool Hung = false;      ///< It is in an `outside` that never answers.
};

/// A lock that some blocked task waits for, and one that has it.
struct HeldLock {
  std::string Name;
  unsigned By = 0; ///< Index into `Stuck::Tasks`; it may have ended.
  bool Shared = false;
  InstructionRef Taken;                ///< Where that task locked it.
  std::vector<InstructionRef> Callers; ///< The frames above Taken, innermost first.
  unsigned Left = 0;                   ///< How many of those functions have been left since.
  InstructionRef LeftAt; ///< Where one of them is left that unlocks it on other paths; see finding.
  std::vector<unsigned> WaitedForBy;   ///< Indices of the tasks that are blocked until it is free.
};

/// A stop that has been asked for and that the victim does not hear.
struct UnheardStop {
  std::string Name;   ///< Of the cancel, or of the flag.
  InstructionRef Set; ///< Where the flag is set; invalid for a cancel.
};

/// What the victim waits for was copied, and another used the copy in its place.
struct UsedCopy {
  InstructionRef Copied, Used;
};

/// What a task uses after its end, which nobody has to wait for.
struct Outlived {
  std::string Name;
  InstructionRef Ended; ///< Where the object's life is over.
  InstructionRef LetGo; ///< Where the task was detached or posted.
};

/// One task that can never move again, with the shortest schedule to there.
struct Stuck {
  FunctionId Entry = NoId;        ///< The scenario's outermost function.
  unsigned Victim = 0;            ///< Index into Tasks.
  InstructionRef At;              ///< The operation that it waits in.
  std::vector<InstructionRef> Callers; ///< The frames above At, innermost first.
  std::string Object;             ///< Name of the object waited on.
  InstructionRef Made;            ///< Where that object was made; may be invalid.
  ObjectKind Kind = ObjectKind::None;
  bool Static = false;            ///< The object has static storage.
  bool IsDestroyed = false;       ///< With a variable that has, whose class has a destructor.
  bool StoppedAtExit = false;     ///< What has static storage may request the wait's cancel.
  bool ForTasks = false; ///< It waits for the end of tasks: a join, the future of one.
  std::vector<TaskTrail> Tasks;
  std::vector<ScheduleStep> Schedule;
  std::vector<Assumption> Assumptions;
  /// With other assumptions some schedule gets it stuck there as well; see `Budget::Answers`.
  bool Unavoidable = false;
  /// Other tasks whose stuck wait holds this one up: released there, the victim would go on.
  std::vector<unsigned> HeldUpBy;
  bool ForItself = false; ///< It waits for its own end, or for a task that waits for its end.
  std::vector<HeldLock> Locks;
  std::vector<InstructionRef> Cases; ///< For select: the waits its cases are blocked in.
  std::optional<UnheardStop> Unheard;
  std::optional<UsedCopy> Copy;
  std::optional<Outlived> Gone;
  /// It is not blocked: it sleeps, or waits until a timeout, at `At` again and again.
  bool Endless = false;
  InstructionRef Sleeps; ///< Where the one that holds it up sleeps in a loop for ever.
};

struct ExploreStats {
  /// What a state of ordinary size takes, with all steps from it.
  static constexpr unsigned WorkOfState = 1000;
  unsigned States = 0;
  unsigned Steps = 0;
  uint64_t Work = 0; ///< What all steps took, see Successor.
  bool OverBudget = false;
  std::string OverWhat; ///< Which bound: "states", "tasks", ...

  /// In states of ordinary size; the smallest count for half of one.
  unsigned cost() const { return std::max((States + 1) / 2, unsigned(Work / WorkOfState)); }
};

struct Exploration {
  std::vector<Stuck> Stucks; ///< At most one for each (At, Kind); fewest assumptions, then shortest.
  std::vector<Stuck> Late;   ///< Nobody is stuck: the victim uses at `At` what is `Gone`.
  ExploreStats Stats;
  std::vector<FunctionId> Visited; ///< Functions whose body was entered.
};

/// Runs the scenario whose outermost function is \p Entry. Its parameters are
/// unknown. Globals are the outside's, unless \p OwnsGlobals; a driver owns those of
/// internal linkage alone. Over budget:
/// no stuck tasks, and `Stats.OverBudget`. Deterministic.
Exploration explore(const Unit &U, FunctionId Entry, bool OwnsGlobals,
                    const Budget &Limits = {});

} // namespace taskleak
