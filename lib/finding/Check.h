// A check is a value and one function over what flow and explore found. It
// names no driver: clang-tidy, the program and clangd all run the same value.

#pragma once

#include "explore/Explore.h"
#include "finding/Fault.h"
#include "finding/Finding.h"
#include "flow/Obligation.h"
#include "skeleton/Skeleton.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <vector>

namespace taskleak {

/// Everything known about one unit; computed once and shared by all checks.
struct UnitFacts {
  const Unit &Skeletons;
  std::vector<Stuck> Stucks; ///< Of all scenarios; one for each place.
  std::vector<OpenObligation> Open;
  std::vector<UnusedCancel> Ignored;
  /// Functions that some scenario ran to the end within its budget: the form
  /// rules are silent about them.
  std::vector<bool> Explored;
  /// The faults that some check judges, whether it is enabled or not.
  std::vector<Fault> Judged;
  /// Uses of what has ended, by tasks that nobody has to wait for; one for each place.
  std::vector<Stuck> Late;
};

using Findings = std::vector<Finding>;

struct Check {
  llvm::StringRef Id;      ///< Kebab-case; the folder's name.
  llvm::StringRef Summary; ///< One line, lower case.
  Evidence Least = Evidence::Likely; ///< Reported by default from here up.
  llvm::StringRef Since;
  Fault Judges = Fault::None; ///< The stuck waits that are this check's; no two checks share one.
  void (*Run)(const UnitFacts &, Findings &) = nullptr;
};

/// All checks, sorted by id. Generated from the folders under checks/.
llvm::ArrayRef<const Check *> allChecks();

/// A check's page, as in checks/<id>/doc.md. Generated likewise.
llvm::StringRef page(const Check &);

} // namespace taskleak
