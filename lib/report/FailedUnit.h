// A unit that could not be judged, and why.

#pragma once

#include "llvm/ADT/StringRef.h"

#include <string>

namespace taskleak {

struct FailedUnit {
  std::string File; ///< Absolute.
  std::string Why; ///< "does not compile"
  std::string First = ""; ///< The first error: "unknown type name 'x'"; may be empty.
  std::string At = ""; ///< The file it stands in, absolute; may be empty.
  unsigned Line = 0, Column = 0;
  unsigned Errors = 0;
};

/// "does not compile: a.h:3:5: unknown type name 'x'; 2 errors", with files below
/// \p Base named relative to it. Without the place unless \p WithPlace.
std::string failureText(const FailedUnit &U, llvm::StringRef Base, bool WithPlace);

} // namespace taskleak
