// The objects that a function may owe something to: counters it raises, cancels
// it makes, counters and events that its callers gave it.
//   void work(Group &G) { if (bad()) return; G.done(); }   the subject is G

#pragma once

#include "flow/CallFacts.h"
#include "flow/Conditions.h"
#include "flow/Obligation.h"

namespace taskleak {

/// An object, named by the way to it from a parameter or global, or by the
/// instruction that makes it.
struct Subject {
  ObligationKind Kind = ObligationKind::Count;
  Operand Root;                    ///< A parameter's slot or a global; unknown if made here.
  const Instruction *Made = nullptr; ///< What makes it, or the record that leads to it, here.
  std::vector<std::string> Fields; ///< The way from Root.
  InstructionRef Site;             ///< Where the obligation begins; for a task body its first discharge.
  bool FromEntry = false;          ///< A task body owes it from the start.
  std::string Name;
};

/// Follows \p O back to a root of \p S; false where it leads to a variable or out of sight.
bool trace(const Function &F, const Conditions &Known, Operand O, Subject &S);

/// What the user calls it.
std::string nameOf(const Unit &U, const Function &F, const Subject &S);

/// Are both the same object?
bool isSame(const Subject &A, const Subject &B);

/// The subjects of \p F, each once, in the order of their sites.
std::vector<Subject> subjects(const CallFacts &Facts, FunctionId F, const Conditions &Known);

/// Does this instruction discharge an obligation of this kind?
bool discharges(const Instruction &I, ObligationKind Kind);

} // namespace taskleak
