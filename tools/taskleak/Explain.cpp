// Prints the checks' own pages.

#include "Explain.h"

#include "driver/CheckNames.h"

using namespace llvm;

namespace taskleak {

void listChecks(raw_ostream &OS) {
  size_t Width = 0;
  for (const Check *C : allChecks())
    Width = std::max(Width, C->Id.size());
  for (const Check *C : allChecks())
    OS << left_justify(C->Id, Width + 2) << C->Summary << '\n';
}

Error explain(StringRef Name, raw_ostream &OS) {
  Expected<const Check *> Found = findCheck(Name, allChecks());
  if (!Found)
    return Found.takeError();
  OS << page(**Found).trim() << '\n';
  return Error::success();
}

} // namespace taskleak
