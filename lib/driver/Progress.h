// "[12/226] src/order.cpp" on one line of a terminal, gone when the run is over.

#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace taskleak {

class Progress {
public:
  /// Silent unless \p Shown. Files are named relative to \p Base.
  Progress(llvm::raw_ostream &OS, bool Shown, std::string Base);
  ~Progress();

  void begin(llvm::StringRef File, size_t Number, size_t Total);

private:
  llvm::raw_ostream &OS;
  bool Shown;
  std::string Base;
  bool Written = false;
};

} // namespace taskleak
