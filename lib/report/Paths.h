// How files are named in outputs: relative to where the user stands or to the
// repository's root, so that no output depends on the machine.

#pragma once

#include "llvm/ADT/StringRef.h"

#include <string>

namespace taskleak {

/// For people: relative if the file lies below \p Base, else as it is.
std::string displayPath(llvm::StringRef Absolute, llvm::StringRef Base);

/// For SARIF: a relative, percent-encoded URI reference against \p Root; a file
/// outside of it is reached by "..". Always with forward slashes.
std::string relativeUri(llvm::StringRef Absolute, llvm::StringRef Root);

/// The nearest folder at or above \p Start that holds a `.git`; \p Start if none.
std::string repositoryRoot(llvm::StringRef Start);

} // namespace taskleak
