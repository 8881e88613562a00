// A compiler's command line as the analysis runs it: no outputs, no warnings of
// the compiler's own, no flags that only GCC knows.

#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace taskleak {

struct FlagOptions {
  std::string ResourceFolder;            ///< Clang's own headers.
  std::vector<std::string> Before, After; ///< --extra-arg-before, --extra-arg
};

/// \p Command for \p File, ready for a tool invocation.
std::vector<std::string> analysisFlags(const std::vector<std::string> &Command,
                                       llvm::StringRef File, const FlagOptions &Options);

/// Where Clang's own headers (stddef.h) stand: beside the program, else where the
/// LLVM that it was built with has them.
llvm::Expected<std::string> resourceFolder(const char *Argv0, void *MainAddress);

} // namespace taskleak
