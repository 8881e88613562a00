// Puts findings together: from a stuck wait, with its trails and evidence, or
// from a form alone. What is wrong and how to mend it are the check's words.

#pragma once

#include "finding/Check.h"

#include <string>

namespace taskleak {

/// Nobody can check by reading a schedule that needs more assumptions than this.
constexpr unsigned MostAssumptions = 2;

/// No assumptions: proven. Up to MostAssumptions: likely. More: possible.
Evidence evidence(const Stuck &S);

/// "send to 'orders' can block for ever: REASON", at the place of the wait. Where a timeout
/// ends it again and again, that is said, and the help is for that.
Finding stuckFinding(const Check &C, const UnitFacts &Facts, const Stuck &S, std::string Reason,
                     llvm::StringRef Help);

/// A finding at \p Where with the schedule that leads to it.
Finding scheduleFinding(const Check &C, const UnitFacts &Facts, const Stuck &S, Place Where,
                        std::string Message, llvm::StringRef Help);

/// A finding about what is written at \p At, without a schedule.
Finding formFinding(const Check &C, const UnitFacts &Facts, InstructionRef At, Evidence Sure,
                    std::string Message, llvm::StringRef Help);

/// Adds a related place, unless it is nowhere or there already.
void relate(Finding &F, Place At, std::string Message);

/// "when the branch at line 12 is taken": the path that an obligation's
/// discharge is missing from, as the end of a message.
std::string onPath(const UnitFacts &Facts, const OpenObligation &Open);

/// The finding that an obligation is left open on a path, with the exit and
/// the place that leads there related.
Finding openFinding(const Check &C, const UnitFacts &Facts, const OpenObligation &Open,
                    std::string Message, llvm::StringRef Help);

/// True if no scenario has run the function: only there may a check judge by form.
inline bool mayJudgeForm(const UnitFacts &Facts, FunctionId F) {
  return F >= Facts.Explored.size() || !Facts.Explored[F];
}

} // namespace taskleak
