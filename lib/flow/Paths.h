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
  std::vector<Turn> Turns;
};

struct PathsResult {
  std::vector<OpenPath> Open; ///< Shortest first.
  bool AnyDone = false;       ///< Some path to an exit discharges.
  bool TooMany = false;       ///< Over the limit: nothing is known.
};

PathsResult walkPaths(const CallFacts &Facts, FunctionId F, const Subject &S,
                      const Conditions &Known);

} // namespace taskleak
