// Whether a return that leaves a lock locked is meant to; see LeftLocked.h.

#include "flow/LeftLocked.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

static bool isFailure(const Operand &O) {
  return O.K == Operand::Kind::Null || (O.K == Operand::Kind::Int && O.Number < 0);
}

/// Values that are not written down are the same to whoever reads the code.
static bool isAlike(const Operand &A, const Operand &B) {
  return A == B || (A.isSlot() && B.isSlot());
}

/// What is returned tells the caller that the lock is kept, and it is no failure.
static bool isMeant(const Unit &U, const OpenPath &P, ArrayRef<Operand> DoneReturns) {
  const Instruction &Exit = at(U, P.Exit);
  if (Exit.Code != Op::Return || Exit.Operands.empty() || Exit.Operands[0].isUnknown())
    return false;
  const Operand &Returned = Exit.Operands[0];
  return !isFailure(Returned) &&
         none_of(DoneReturns, [&](const Operand &Done) { return isAlike(Returned, Done); });
}

/// The same test, written twice, answered differently: `if (Locks) lock(); ... if (Locks)
/// unlock();`
static bool isContradictory(const Unit &U, ArrayRef<Turn> Turns) {
  auto Side = [&](const Turn &T) { return T.To == at(U, T.At).Targets[0]; };
  for (const Turn &A : Turns)
    for (const Turn &B : Turns) {
      if (A.Throws || B.Throws || A.At == B.At)
        continue;
      const std::string &Text = at(U, A.At).Text;
      if (!Text.empty() && Text == at(U, B.At).Text && Side(A) != Side(B))
        return true;
    }
  return false;
}

const OpenPath *pathLeftLocked(const Unit &U, const PathsResult &Paths, bool MayBeKept) {
  const OpenPath *Best = nullptr;
  if (Paths.TooMany || !Paths.AnyDone)
    return Best;
  for (const OpenPath &P : Paths.Open) {
    bool OthersUnlock = P.Again || Paths.leavesWith(Status::Done);
    if (!OthersUnlock || isContradictory(U, P.Turns))
      continue;
    if (MayBeKept && !P.Again && isMeant(U, P, Paths.DoneReturns))
      continue;
    if (!Best || (Best->Exceptional && !P.Exceptional))
      Best = &P;
  }
  return Best;
}

} // namespace taskleak
