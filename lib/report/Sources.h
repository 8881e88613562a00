// The texts of the files that findings stand in, read once each.

#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <memory>
#include <string>
#include <vector>

namespace taskleak {

class Sources {
public:
  /// \p Files by number, as in `Report::Files`. Nothing is read yet.
  explicit Sources(llvm::ArrayRef<std::string> Files);
  ~Sources();

  /// The whole text; empty if the file cannot be read.
  llvm::StringRef text(unsigned File);
  /// One line without its end, counted from 1; empty if there is none.
  llvm::StringRef line(unsigned File, unsigned Line);
  /// How many lines there are; 0 if the file cannot be read.
  unsigned lines(unsigned File);

private:
  struct Loaded;
  Loaded &load(unsigned File);

  std::vector<std::string> Paths;
  std::vector<std::unique_ptr<Loaded>> Texts;
};

} // namespace taskleak
