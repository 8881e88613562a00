// Locks that their task has left behind.

#include "finding/LeftBehind.h"

#include "flow/Obligation.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

namespace taskleak {

/// Innermost first.
static std::vector<InstructionRef> stack(InstructionRef At,
                                         llvm::ArrayRef<InstructionRef> Callers) {
  std::vector<InstructionRef> Out = {At};
  llvm::append_range(Out, Callers);
  return Out;
}

/// Where the victim stands now in the innermost function of \p L that has not been left.
static InstructionRef stillIn(const Stuck &S, const HeldLock &L) {
  std::vector<InstructionRef> Now = stack(S.At, S.Callers);
  size_t Depth = L.Callers.size() + 1 - L.Left; // Counted from the outermost.
  return L.By == S.Victim && Depth > 0 && Depth <= Now.size() ? Now[Now.size() - Depth]
                                                              : InstructionRef();
}

static InstructionRef leftAt(const CallFacts &Facts, const Stuck &S, const HeldLock &L) {
  std::vector<InstructionRef> Then = stack(L.Taken, L.Callers);
  for (unsigned I = 0; I < Then.size() && I <= L.Left; ++I)
    for (const OpenObligation &Open : lockedOnSomePaths(Facts, Then[I].F)) {
      bool IsLeft = I < L.Left && !Open.Again;
      bool IsAgain = I == L.Left && Open.Again && Open.Exit == stillIn(S, L);
      if (Open.Site == Then[I] && (IsLeft || IsAgain))
        return Open.Exit;
    }
  return {};
}

void findLeftBehind(const CallFacts &Facts, Stuck &S) {
  for (HeldLock &L : S.Locks)
    if (!S.Tasks[L.By].Ended && llvm::is_contained(L.WaitedForBy, S.Victim))
      L.LeftAt = leftAt(Facts, S, L);
}

} // namespace taskleak
