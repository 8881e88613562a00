// What the outputs need from a check's page (checks/<id>/doc.md), which stays the
// only place where a check is explained.

#pragma once

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace taskleak {

/// The first paragraph of running text, on one line.
std::string firstParagraph(llvm::StringRef Page);

/// The page without Markdown's marks, for readers that show plain text.
std::string plainText(llvm::StringRef Page);

/// The weaknesses that the page names, "cwe-833", each once, in order.
std::vector<std::string> weaknesses(llvm::StringRef Page);

/// Where the page of the check \p Id stands, if the project is at \p Home.
std::string pageAddress(llvm::StringRef Home, llvm::StringRef Id);

} // namespace taskleak
