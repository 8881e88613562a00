// Prints the ids of all checks in the build, and refuses incomplete ones.

#include "finding/Validate.h"

#include "llvm/Support/raw_ostream.h"

int main() {
  using namespace taskleak;
  for (const Check *C : allChecks())
    llvm::outs() << C->Id << "\n";
  if (llvm::Error E = validate(allChecks(), page)) {
    llvm::errs() << llvm::toString(std::move(E)) << "\n";
    return 1;
  }
  return 0;
}
