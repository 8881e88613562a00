// A lock that its own owner wants again, or that is held across a wait whose waker
// needs it.
//   void add(int N) { std::lock_guard G(M); total(); }   // total() locks M, too
//   { std::lock_guard G(M); worker.join(); }             // and the worker locks M

#include "finding/Causes.h"
#include "finding/Compose.h"
#include "finding/Locks.h"
#include "finding/Witness.h"
#include "finding/Words.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

extern const Check LockCycle;

/// "has locked it already", with what makes that a deadlock.
static std::string relocked(const Witness &W, const Stuck &S, const HeldLock &L) {
  std::string Text = "this task has locked it already";
  if (!L.Shared)
    return Text;
  for (unsigned Other : L.WaitedForBy)
    if (Other != S.Victim)
      return Text + ", and " + W.task(Other) + " waits to have it alone";
  return Text + " as a reader";
}

static std::string why(const UnitFacts &Facts, const Stuck &S) {
  Witness W(Facts.Skeletons, S);
  const HeldLock &L = *lockInCycle(S);
  if (llvm::is_contained(L.WaitedForBy, S.Victim))
    return relocked(W, S, L);
  std::string Mine = quoted(L.Name, ObjectKind::Lock);
  unsigned Other = waiterThatHoldsUp(S, L);
  std::string Which;
  for (const HeldLock &Theirs : S.Locks)
    if (Theirs.By == Other && llvm::is_contained(Theirs.WaitedForBy, S.Victim))
      Which = ", which has it,";
  return "this task holds " + Mine + ", and " + W.task(Other) + Which + " waits for that";
}

/// How to mend it depends on who waits for what.
static llvm::StringRef help(const UnitFacts &Facts, const Stuck &S) {
  if (llvm::is_contained(lockInCycle(S)->WaitedForBy, S.Victim))
    return "lock it once, in the outermost function, and move what is done with the lock held into "
           "a function that does not lock";
  if (S.Kind == ObjectKind::Lock)
    return "take the locks in the same order everywhere, or all at once as `std::scoped_lock` does";
  return "unlock before the wait; keep under the lock only what needs it";
}

static void run(const UnitFacts &Facts, Findings &Out) {
  for (const Stuck *S : causes(Facts, Fault::LockCycle))
    Out.push_back(stuckFinding(LockCycle, Facts, *S, why(Facts, *S), help(Facts, *S)));
}

const Check LockCycle = {.Id = "lock-cycle",
                         .Summary = "a lock taken again by its owner, in opposite orders, or held "
                                    "across a wait whose waker needs it",
                         .Since = "0.1",
                         .Judges = Fault::LockCycle,
                         .Run = run};

} // namespace taskleak
