// Runs a printed skeleton and names what is stuck in it: "send 'orders'".

#pragma once

#include "explore/Explore.h"

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace taskleak {

/// A unit from its text form; the test fails if it is malformed.
Unit parse(llvm::StringRef Text);

/// Explores the first function of the unit.
Exploration run(const Unit &U, bool OwnsGlobals = false, const Budget &Limits = {});

/// The stuck waits as "operation 'object'", sorted.
std::vector<std::string> stuck(llvm::StringRef Text, bool OwnsGlobals = false,
                               const Budget &Limits = {});
std::vector<std::string> names(const Unit &U, const Exploration &E);

using Names = std::vector<std::string>;

} // namespace taskleak
