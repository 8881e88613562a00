// The pages that are made from the checks themselves, so that nothing about a
// check is written down twice: docs/checks/ and the table in the README.

#pragma once

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace taskleak {

struct GeneratedPage {
  std::string Path; ///< Below the root of the project.
  std::string Text;
};

/// All generated pages as they should be; reads the README below \p Root for
/// the text around its table.
llvm::Expected<std::vector<GeneratedPage>> generatedPages(llvm::StringRef Root);

} // namespace taskleak
