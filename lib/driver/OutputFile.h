// A file that a long run writes at its end: that it can be written is known at
// the start, and an old one stays whole until the new one is complete.

#pragma once

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <string>

namespace taskleak {

class OutputFile {
public:
  /// "-" is the standard output. The error names the path and the cause.
  static llvm::Expected<OutputFile> open(const std::string &Path);

  OutputFile(OutputFile &&) = default;
  ~OutputFile();

  /// Writes and puts the file in its place.
  llvm::Error write(llvm::function_ref<void(llvm::raw_ostream &)> Writer);

private:
  OutputFile(std::string Path) : Path(std::move(Path)) {}

  std::string Path;
  std::optional<llvm::sys::fs::TempFile> Temp; ///< None: written in place.
};

} // namespace taskleak
