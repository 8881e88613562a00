// Runs the passes until nothing changes; see Simplify.h.

#include "skeleton/Simplify.h"

#include "skeleton/Passes.h"

using namespace llvm;

namespace taskleak {

static bool simplifyFunction(const Unit &U, Function &F, const SilentCalls &Silent) {
  bool Ever = false;
  for (bool Changed = true; Changed; Ever |= Changed) {
    Changed = Silent.replaceIn(U, F);
    Changed |= dropPrivateCells(F);
    Changed |= dropIdleMemory(F);
    Changed |= dropDeadValues(F);
    Changed |= dropDeadEnds(F);
    Changed |= dropEmptyRegions(F);
    Changed |= tidyBlocks(F);
  }
  return Ever;
}

void simplify(Unit &U) {
  for (bool Changed = true; Changed;) {
    Changed = dropFaintFields(U);
    CallGraph Graph(U);
    SilentCalls Silent(U);
    for (FunctionId F : Graph.BottomUp) {
      Changed |= simplifyFunction(U, U.Functions[F], Silent);
      Silent.learn(U, F);
    }
  }
  for (Function &F : U.Functions)
    dropUnusedSlots(F);
}

} // namespace taskleak
