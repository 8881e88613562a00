// A temporary folder with files, for tests of what reads the disk.

#pragma once

#include "llvm/ADT/StringRef.h"

#include <string>

namespace taskleak {

class Folder {
public:
  Folder();
  ~Folder();

  /// Writes a file, with the folders above it. Its absolute path.
  std::string write(llvm::StringRef Name, llvm::StringRef Text) const;
  std::string path(llvm::StringRef Name) const;
  std::string read(llvm::StringRef Name) const;

  std::string Root; ///< Absolute, links resolved.
};

} // namespace taskleak
