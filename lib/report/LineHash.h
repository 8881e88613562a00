// GitHub's `primaryLocationLineHash`: how code scanning knows an alert again
// after lines have moved.

#pragma once

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace taskleak {

/// The hash of each line of \p Text, "c129715d7a2bc9a3:1"; index 0 is line 1. A
/// text that ends in a newline has one more, empty, line.
std::vector<std::string> lineHashes(llvm::StringRef Text);

} // namespace taskleak
