// Locks and unlocks as the walk of one lock sees them; see Holding.h. A guard keeps
// what it takes for itself: it gives it back whatever happens.

#include "flow/Holding.h"
#include "flow/LockEffects.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

/// True if it is held already.
bool Holding::lock(InstructionRef At, PathState &P) const {
  if (P.Now == Status::Owing)
    return true;
  // What the caller held, and this function let go, it has again.
  P.Now = P.Now == Status::Released ? Status::Idle : Status::Owing;
  P.Since = P.Now == Status::Owing ? At : InstructionRef();
  return false;
}

void Holding::unlock(PathState &P) const {
  P.Now = P.Now == Status::Owing  ? Status::Done
          : P.Now == Status::Gone ? Status::Gone
                                  : Status::Released;
  P.Since = {};
}

/// The effect of one function that may be called here on the lock. \p Found: it has one.
bool Holding::callOnLock(FunctionId Callee, const Instruction &I, InstructionRef At, PathState &P,
                         bool &Found) const {
  for (const LockEffect &E : Locks->of(Callee)) {
    bool IsGlobal = E.Root.K == Operand::Kind::Global;
    size_t Depth = 0;
    if (!IsGlobal) {
      const Holder *H = size_t(E.Root.Number) < I.Operands.size()
                            ? holder(I.Operands[E.Root.Number], P)
                            : nullptr;
      if (!H || H->As == Holder::Form::Closure)
        continue;
      Depth = H->Depth;
    }
    bool IsIt = (!IsGlobal || E.Root == S.Root) && Depth + E.Fields.size() == S.Fields.size() &&
                std::equal(E.Fields.begin(), E.Fields.end(), S.Fields.begin() + Depth);
    if (!IsIt)
      continue;
    Found = true;
    if (E.What == LockEffect::Does::Acquires)
      return lock(At, P);
    if (E.What == LockEffect::Does::Releases)
      unlock(P);
    else
      P.Now = Status::Gone;
    return false;
  }
  return false;
}

/// Who is given the lock may keep it, and so may code out of sight that is given what it
/// lies in; a callback may unlock it later.
void Holding::handOnLock(const Instruction &I, PathState &P) const {
  if (I.Code == Op::Store || I.Code == Op::Append || I.Code == Op::Prepend || I.Code == Op::SetAt) {
    if (isSubject(I.Operands.back(), P))
      handOn(P);
    return;
  }
  bool Runs = I.Code == Op::Closure || I.Code == Op::Spawn;
  FunctionId Callback = Runs ? callable(I.Operands[0]) : NoId;
  if (Callback != NoId && Locks->isTouchedBy(Callback))
    return handOn(P);
  transfer(I, P);
}

bool Holding::stepLock(const Instruction &I, InstructionRef At, PathState &P) const {
  bool IsIt = any_of(I.Operands, [&](const Operand &O) { return isSubject(O, P); });
  if (I.Code == Op::Lock && IsIt) {
    bool IsSure = !I.Flag.has(Flag::Try) && !I.Flag.has(Flag::Timed);
    if (IsSure && !I.Flag.has(Flag::Guard))
      return lock(At, P);
    if (!IsSure && P.Now != Status::Owing)
      P.Now = Status::Gone;
    return false;
  }
  if (I.Code == Op::Unlock && IsIt) {
    unlock(P);
    return false;
  }
  bool Found = false;
  ArrayRef<FunctionId> Callees = Facts.Graph.called(I);
  for (FunctionId Callee : Callees)
    if (callOnLock(Callee, I, At, P, Found))
      return true;
  if (Found && Callees.size() > 1)
    P.Now = Status::Gone;
  // Only who holds it can hand it on.
  if (!Found && P.Now == Status::Owing)
    handOnLock(I, P);
  return false;
}

} // namespace taskleak
