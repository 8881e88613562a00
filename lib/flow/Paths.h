// Walks the paths of one function with what it owes to one subject: which slots
// lead to it, whether the obligation is open, what the path has decided. States
// that agree are walked once; breadth first, so that the first path is shortest.

#pragma once

#include "flow/Subject.h"

namespace taskleak {

/// How far an obligation is on one path.
enum class Status : uint8_t {
  Idle,    ///< Not begun: nothing raised, or nobody waits with the cancel yet.
  Owing,
  Done,    ///< Discharged on this path.
  Gone,    ///< Handed on: somebody else has it now.
  Released,///< A lock that was held before is not any more.
};

/// One turn that a path takes: a branch's side, or an exception.
struct Turn {
  InstructionRef At;
  BlockId To = NoId;
  bool Throws = false;
};

/// A way out of the function with the obligation open.
struct OpenPath {
  InstructionRef Exit;
  bool Exceptional = false; ///< Some call on the path threw.
  bool Overwritten = false; ///< The last slot that led to the subject was written at Exit.
  bool Again = false;       ///< The lock is taken again at Exit.
  InstructionRef Since;     ///< Where a lock was taken.
  std::vector<Turn> Turns;
};

struct PathsResult {
  std::vector<OpenPath> Open; ///< Shortest first.
  bool AnyDone = false;       ///< Some path to an exit discharges; of locks, any path.
  unsigned Exits = 0;         ///< Bits for the states of its returns.
  std::vector<Operand> DoneReturns; ///< What it returns where it is done.
  bool TooMany = false;       ///< Over the limit: nothing is known.

  bool leavesWith(Status S) const { return Exits >> unsigned(S) & 1; }
};

/// \p Locks: what calls do to locks, as far as it is known yet; by default all of it.
PathsResult walkPaths(const CallFacts &Facts, FunctionId F, const Subject &S,
                      const Conditions &Known, const LockEffects *Locks = nullptr);

} // namespace taskleak
