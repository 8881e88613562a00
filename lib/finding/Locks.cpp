// Who has which lock in the stuck state.

#include "finding/Locks.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

unsigned waiterThatHoldsUp(const Stuck &S, const HeldLock &L) {
  for (unsigned Task : L.WaitedForBy)
    if (llvm::is_contained(S.HeldUpBy, Task))
      return Task;
  return NoId;
}

const HeldLock *lockInCycle(const Stuck &S) {
  for (const HeldLock &L : S.Locks)
    if (L.By == S.Victim &&
        (llvm::is_contained(L.WaitedForBy, S.Victim) || waiterThatHoldsUp(S, L) != NoId))
      return &L;
  return nullptr;
}

const HeldLock *lockLeftBehind(const Stuck &S) {
  for (const HeldLock &L : S.Locks)
    if (llvm::is_contained(L.WaitedForBy, S.Victim) && (S.Tasks[L.By].Ended || L.LeftAt.isValid()))
      return &L;
  return nullptr;
}

} // namespace taskleak
