// Names of files as Clang knows them, made independent of the command that
// compiled the unit.

#pragma once

#include "clang/Basic/FileManager.h"

#include <string>

namespace taskleak {

/// Against the unit's own working folder, without "." and "..". Links stay as they
/// are, unless a ".." behind one makes that impossible.
std::string absolutePath(llvm::StringRef Name, const clang::FileManager &Files);

} // namespace taskleak
