// What one run found in all its units: plain data that every writer prints.

#pragma once

#include "finding/Check.h"
#include "finding/Finding.h"
#include "report/FailedUnit.h"

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace taskleak {

struct Report {
  std::vector<std::string> Files; ///< What the places' file numbers mean; absolute.
  Findings Found;                 ///< Sorted by file, place and check.
  std::vector<FailedUnit> Failed;
  unsigned Units = 0;             ///< Analysed ones, with those that failed.
};

/// A check with its page, as the writers need it.
struct Rule {
  const Check *Value = nullptr;
  llvm::StringRef Page;
};

/// The name that users see and write: "taskleak-blocking-send".
inline std::string ruleName(llvm::StringRef Id) { return "taskleak-" + Id.str(); }

} // namespace taskleak
