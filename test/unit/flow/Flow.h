// Runs flow over a printed unit and says in one line a finding what it found.

#pragma once

#include "flow/CallFacts.h"
#include "flow/Obligation.h"
#include "skeleton/Text.h"

#include "llvm/ADT/StringExtras.h"

#include <string>

namespace taskleak {

inline std::string place(InstructionRef At) {
  return "b" + std::to_string(At.B) + "." + std::to_string(At.Index);
}

/// "count wg: b0.1 open at b2.0, then `bad` b0.2"; one a line, for function \p F.
inline std::string open(const std::string &Text, FunctionId F = 0) {
  static const char *Kinds[] = {"count", "cancel", "event", "lock"};
  static const char *Reasons[] = {"early return", "then",   "else",       "loop skipped",
                                  "exception",    "never",  "overwritten"};
  auto U = parseUnit("unit \"u\"\n" + Text);
  if (!U)
    return llvm::toString(U.takeError());
  for (const std::string &Problem : verify(*U))
    return Problem;
  std::string Lines;
  CallFacts Facts(*U);
  std::vector<OpenObligation> All = openObligations(Facts, F);
  llvm::append_range(All, lockedOnSomePaths(Facts, F));
  for (const OpenObligation &O : All) {
    Lines += Kinds[int(O.Kind)];
    Lines += " " + O.Object + ": " + place(O.Site) + " open at " + place(O.Exit) + ", " +
             Reasons[int(O.Skipped.Why)];
    Lines += (O.Skipped.Text.empty() ? "" : " `" + O.Skipped.Text + "`");
    Lines += " " + place(O.Skipped.At) + (O.MayThrowOnly ? " (may throw)" : "") +
             (O.Again ? " (again)" : "") + (O.MayBeMeant ? " (may be meant)" : "") + "\n";
  }
  return Lines;
}

} // namespace taskleak
