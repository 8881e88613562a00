// Where a user can read about one of our checks.

#pragma once

#include "llvm/ADT/StringRef.h"

#include <string>

namespace taskleak {

/// The address of the page about \p Rule ("taskleak-lost-cancel"): at the project's
/// home if that is known, else among the files installed with this program. Empty
/// if there is no such page.
std::string pageOf(llvm::StringRef Rule);

} // namespace taskleak
