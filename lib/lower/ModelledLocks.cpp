// Library calls on locks, and on the guards that hold them.
//   L.unlock();   of a std::unique_lock unlocks what it holds

#include "lower/LockLowering.h"

using namespace clang;

namespace taskleak {

/// std::lock and std::try_lock, of locks or of guards that hold none yet.
Operand LockLowering::lockSeveral(const ModelledCall &C) {
  Place Here = L.at(C.Site);
  llvm::SmallVector<Operand, 2> Locks, Guards;
  bool IsOwn = false;
  for (const Expr *A : C.Args) {
    TypeForm Shape = L.form(A->getType());
    Operand Object = L.reference(A);
    if (Shape.is(Form::Guard)) {
      Guards.push_back(Object);
      IsOwn |= !ownLock(A->getType()).isNull();
      Object = lockOf(Object, Here);
    }
    IsOwn |= Shape.is(Form::Record);
    Locks.push_back(Object);
  }
  if (IsOwn) { // Its steps are not those of one lock after the other.
    for (Operand Lock : Locks)
      E.act(Op::Escape, {Lock}, Here);
    return Operand::unknown();
  }
  Instruction &Take = E.act(Op::Lock, Locks, Here, C.Args.empty() ? "" : L.nameOf(C.Args[0]));
  L.finishWait(C, Take);
  bool Sure = !Take.Flag.has(Flag::Try);
  SlotId Got = E.newSlot();
  Take.Result = Got;
  if (Sure)
    for (Operand Guard : Guards)
      E.act(Op::Store, {Guard, Operand::integer(1)}, Here, "owns");
  else
    for (Operand Guard : Guards)
      E.act(Op::Store, {Guard, E.value(Op::Eq, {Operand::slot(Got), Operand::integer(-1)}, Here)},
            Here, "owns");
  return Sure ? Operand::unknown() : Operand::slot(Got);
}

/// A call on a guard whose lock has a class of the user's own.
Operand LockLowering::callOnGuard(const ModelledCall &C, Operand Guard, QualType T, QualType Own) {
  Place Here = L.at(C.Site);
  bool Shared = L.form(T).Row->Flag.has(Flag::Shared);
  bool Tries = C.Row.Role == CallRole::TryLock || C.Row.Role == CallRole::TryLockShared;
  bool Releases = C.Row.Role == CallRole::Unlock || C.Row.Role == CallRole::UnlockShared;
  std::string Name = (llvm::Twine(Tries ? "try_" : "") + (Releases ? "unlock" : "lock") +
                      (Shared ? "_shared" : ""))
                         .str();
  Operand Got = callLock(Own, lockOf(Guard, Here), Name, Here);
  Operand Owns = Tries || C.Row.Timeout >= 0 ? Got : Operand::integer(!Releases);
  E.act(Op::Store, {Guard, Owns}, Here, "owns");
  return Owns;
}

Operand LockLowering::releaseGuard(Operand Guard, bool HasLock, Place At) {
  E.act(Op::Store, {Guard, Operand::integer(0)}, At, "owns");
  E.act(Op::Store, {Guard, Operand::null()}, At, "run");
  return HasLock ? lockOf(Guard, At) : Operand::unknown();
}

Operand LockLowering::call(const ModelledCall &C) {
  if (C.Row.Role == CallRole::LockAll)
    return lockSeveral(C);
  Place Here = L.at(C.Site);
  Operand Object = L.target(C);
  const Expr *Named = C.Object ? C.Object : C.arg(C.Row.Object);
  QualType T = Named ? Named->IgnoreParenImpCasts()->getType() : QualType();
  if (!T.isNull() && T->isPointerType())
    T = T->getPointeeType();
  bool IsGuard = !T.isNull() && L.form(T).is(Form::Guard);
  Expr::EvalResult Runs; // pthread_cleanup_pop(1)
  if (const Expr *Given = C.arg(C.Row.Value);
      Given && Given->EvaluateAsInt(Runs, U.Context) && Runs.Val.getInt() != 0)
    return Operand::unknown();
  if (C.Row.Role == CallRole::GuardRelease)
    return releaseGuard(Object, IsGuard, Here);
  if (QualType Own = IsGuard && C.Object ? ownLock(T) : QualType(); !Own.isNull())
    return callOnGuard(C, Object, T, Own);
  Operand Lock = IsGuard ? lockOf(Object, Here) : Object;
  bool Releases = C.Row.Role == CallRole::Unlock || C.Row.Role == CallRole::UnlockShared;
  bool Shared = C.Row.Role == CallRole::LockShared || C.Row.Role == CallRole::TryLockShared ||
                C.Row.Role == CallRole::UnlockShared || C.Row.Flag.has(Flag::Shared);
  if (Releases) {
    E.act(Op::Unlock, {Lock}, Here, L.nameOf(Named)).Flag.set(Flag::Shared, Shared);
    if (IsGuard)
      E.act(Op::Store, {Object, Operand::integer(0)}, Here, "owns");
    return Operand::integer(0);
  }
  bool Try = C.Row.Role == CallRole::TryLock || C.Row.Role == CallRole::TryLockShared;
  Instruction &Take = E.act(Op::Lock, {Lock}, Here, L.nameOf(Named));
  if (C.arg(C.Row.Predicate)) { // LockWhen: what bounds it bounds the wait that follows.
    Take.Flag.set(Flag::Shared, Shared);
    return L.predicateLoop(C, Lock, {Lock, {}, {}});
  }
  L.finishWait(C, Take);
  Take.Flag.set(Flag::Shared, Shared).set(Flag::Try, Try);
  SlotId Got = E.newSlot();
  Take.Result = Got;
  bool Sure = !Try && !Take.Flag.has(Flag::Timed);
  if (IsGuard)
    E.act(Op::Store, {Object, Sure ? Operand::integer(1) : Operand::slot(Got)}, Here, "owns");
  return Sure ? Operand::integer(0) : Operand::slot(Got);
}

} // namespace taskleak
