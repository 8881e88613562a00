// Runs the passes until nothing changes; see Simplify.h.

#include "skeleton/Simplify.h"

#include "skeleton/Passes.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

/// Runs the passes in turn until each has found nothing to do since another did something.
static bool simplifyFunction(const Unit &U, Function &F, const SilentCalls &Silent) {
  // What makes functions small comes before what takes long on large ones.
  constexpr bool (*Passes[])(Function &) = {dropDeadValues,   dropDeadEnds,   tidyBlocks,
                                            dropPrivateCells, dropIdleMemory, dropEmptyRegions};
  constexpr size_t Count = std::size(Passes) + 1;
  bool Ever = false;
  for (size_t Next = 0, Idle = 0; Idle < Count; Next = (Next + 1) % Count) {
    bool Changed = Next == 0 ? Silent.replaceIn(U, F) : Passes[Next - 1](F);
    Idle = Changed ? 0 : Idle + 1;
    Ever |= Changed;
  }
  return Ever;
}

void simplify(Unit &U) {
  // What is as simple as it gets stays so until something happens to it.
  std::vector<bool> Stale(U.Functions.size(), true);
  bool IsFirst = true;
  const CallGraph Graph(U); // Calls become fewer, which does not change who comes first.
  for (bool Changed = true; Changed;) {
    Changed = false;
    SilentCalls Silent(U);
    for (FunctionId F : Graph.BottomUp) {
      bool Replaced = !Stale[F] && Silent.replaceIn(U, U.Functions[F]);
      if (Replaced || Stale[F])
        Changed |= simplifyFunction(U, U.Functions[F], Silent) || Replaced;
      Silent.learn(U, F);
    }
    Stale = dropFaintFields(U);
    auto Touch = [&](const std::vector<bool> &IsChanged) {
      for (FunctionId F = 0; F < IsChanged.size(); ++F)
        Stale[F] = Stale[F] || IsChanged[F];
    };
    Touch(dropFaintElements(U));
    Touch(dropUnreadArguments(U));
    Touch(dropUnreadResults(U));
    // What they look for is there from the beginning, but for what stands in its way.
    if (std::exchange(IsFirst, false)) {
      Touch(dropUnknownFields(U));
      Touch(dropPollCounts(U));
    }
    Changed |= is_contained(Stale, true);
  }
  for (Function &F : U.Functions)
    dropUnusedSlots(F);
}

} // namespace taskleak
