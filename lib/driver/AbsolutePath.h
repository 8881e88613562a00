// Names of files as Clang knows them, made independent of the command that
// compiled the unit.

#pragma once

#include "clang/Basic/FileManager.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

#include <string>

namespace taskleak {

/// Against the unit's own working folder, without "." and "..".
inline std::string absolutePath(llvm::StringRef Name, const clang::FileManager &Files) {
  llvm::SmallString<256> Path(Name);
  Files.makeAbsolutePath(Path);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str();
}

} // namespace taskleak
