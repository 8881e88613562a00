// Which units a run analyses and how each is compiled: from a compilation
// database, or from flags given after "--".

#pragma once

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace taskleak {

struct UnitRequest {
  std::string BuildFolder;          ///< -p; empty: search.
  std::vector<std::string> Files;   ///< As written: files and folders; empty: all units.
  std::optional<std::vector<std::string>> Flags; ///< What follows "--".
  std::string WorkingFolder;        ///< Absolute.
};

using UnitCommands = std::vector<clang::tooling::CompileCommand>;

/// One command for each unit, with absolute names, sorted by file. A header or a
/// file that the database lacks is compiled like its nearest neighbour.
llvm::Expected<UnitCommands> unitCommands(const UnitRequest &Request);

} // namespace taskleak
