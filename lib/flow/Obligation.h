// What a path owes: a count that must come back, a cancel that must be pulled,
// an event that must be fulfilled, a lock that must be unlocked.
//   void work(Group &G) { if (bad()) return; G.done(); }
// The early return leaves without the done that the other paths bring.

#pragma once

#include "skeleton/Skeleton.h"

#include <string>
#include <vector>

namespace taskleak {

enum class ObligationKind : uint8_t {
  Count,   ///< a counter raised, or counted down on the other paths of a task body
  Cancel,  ///< a cancel made here, given to a task or wait, never requested or passed on
  Event,   ///< an event that other paths fulfil
  Lock,    ///< a lock taken here that other paths unlock
};

/// Why one path lacks what another has.
struct SkippedBy {
  enum class Reason : uint8_t { EarlyReturn, ThenBranch, ElseBranch, LoopSkipped, Exception, NeverDone, Overwritten };
  Reason Why = Reason::NeverDone;
  InstructionRef At;   ///< The branch, call or return that leaves the good path.
  std::string Text;    ///< The condition or callee as the user wrote it.
};

/// An obligation open at some exit of a function.
struct OpenObligation {
  ObligationKind Kind;
  FunctionId F = NoId;
  InstructionRef Site;    ///< Where it began: the add, the make, or the function's first done for task bodies.
  InstructionRef Exit;    ///< The return or throw that leaves with it; what overwrites it or locks it again.
  SkippedBy Skipped;
  std::string Object;     ///< Name of the counter, cancel or event.
  bool Again = false;     ///< A lock: `Exit` locks it a second time.
  bool MayBeMeant = false; ///< A lock: it ends with the function, or another unlocks it for its caller.
  bool MayThrowOnly = false; ///< Only an exception path of an unknown callee lacks it.
};

/// All obligations left open at exits of \p F, one for each site: the exit with
/// the shortest path. Objects that escape are discharged.
std::vector<OpenObligation> openObligations(const Unit &U, FunctionId F);

class CallFacts;
/// The same for callers that ask about many functions of one unit.
std::vector<OpenObligation> openObligations(const CallFacts &Facts, FunctionId F);

/// The locks that some path of \p F leaves locked, or locks again, while others unlock
/// them; one for each lock. Not where the value that \p F returns can tell its caller.
std::vector<OpenObligation> lockedOnSomePaths(const CallFacts &Facts, FunctionId F);

/// A blocking operation in a function that has a cancel in scope and does not use it.
struct UnusedCancel {
  InstructionRef Wait;
  std::string Cancel; ///< The cancel's name.
  /// Who requests the cancel may wake it besides, or it is tested again after each waking.
  bool MayBeWoken = false;
};
std::vector<UnusedCancel> waitsIgnoringCancel(const Unit &U, FunctionId F);

/// Sleeps that can last for many seconds, in a loop that tests a cancel.
std::vector<UnusedCancel> sleepsIgnoringCancel(const Unit &U, FunctionId F);

} // namespace taskleak
