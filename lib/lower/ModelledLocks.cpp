// Library calls on locks, and the guards that hold them.
//   std::unique_lock L(M, std::defer_lock);
// is a record with the fields "lock" and "owns".

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::guardedLock(Operand Guard, Place At) {
  return E.value(Op::Load, {Guard}, At, "lock");
}

Operand FunctionLowering::guardOf(const ModelledCall &C, StringRef Name) {
  Place Here = at(C.Site);
  Operand Guard = makeDefault(C.Site.getType(), form(C.Site.getType()), Name, C.Site.getSourceRange());
  if (form(C.Site.getType()).is(Form::Cleanup)) {
    if (const Expr *Run = C.arg(C.Row.Callable))
      E.act(Op::Store, {Guard, callable(Run)}, Here, "run");
    return Guard;
  }
  bool First = true;
  for (unsigned I = 0; I < C.Args.size(); ++I) {
    QualType T = C.Args[I]->getType();
    if (T->isPointerType())
      T = T->getPointeeType();
    TypeForm Shape = form(T);
    if (!(Shape.is(Form::Object) && Shape.Row->Kind == ObjectKind::Lock) && !Shape.is(Form::Record))
      continue;
    Operand Lock = objectArgument(*C.Args[I]);
    bool Shared = C.Row.Flag.has(Flag::Shared);
    // A second lock of a scoped_lock is kept by a guard of its own for the unlock.
    Operand Holder = Guard;
    if (!First) {
      Holder = makeDefault(C.Site.getType(), form(C.Site.getType()), Name, C.Site.getSourceRange());
      E.pushCleanup([this, Holder, Shared, Here] { destroyGuard(Holder, Shared, Here); });
    }
    First = false;
    Operand Owns = Operand::integer(C.Row.Guard == "defer" ? 0 : 1);
    if (C.Row.Guard.empty() || C.Row.Guard == "try") {
      if (Shape.is(Form::Record)) {
        lockRecord(T, Lock, true, C.Site);
      } else {
        Instruction &Take = E.act(Op::Lock, {Lock}, Here, nameOf(C.Args[I]));
        Take.Flag.set(Flag::Shared, Shared).set(Flag::Guard);
        finishWait(C, Take);
        Take.Flag.set(Flag::Try, C.Row.Guard == "try");
        if (C.Row.Guard == "try" || Take.Flag.has(Flag::Timed)) {
          SlotId Got = E.newSlot();
          Take.Result = Got;
          Owns = Operand::slot(Got);
        }
      }
    }
    E.act(Op::Store, {Holder, Lock}, Here, "lock");
    E.act(Op::Store, {Holder, Owns}, Here, "owns");
  }
  return Guard;
}

/// A lock class of the user's own: its lock() and unlock() are ordinary calls.
void FunctionLowering::lockRecord(QualType T, Operand Lock, bool Takes, const Expr &Site) {
  const auto *Record = T->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return;
  for (const CXXMethodDecl *Method : Record->getDefinition()->methods())
    if (Method->getIdentifier() && Method->getName() == (Takes ? "lock" : "unlock") &&
        U.isOwn(*Method))
      callOwn(*Method, Lock, false, {}, Site);
}

Operand FunctionLowering::modelledLock(const ModelledCall &C) {
  Place Here = at(C.Site);
  if (C.Row.Role == CallRole::LockAll) {
    for (const Expr *A : C.Args)
      if (form(A->getType()).is(Form::Object))
        E.act(Op::Lock, {reference(A)}, Here, nameOf(A));
    return Operand::unknown();
  }
  Operand Object = target(C);
  const Expr *Named = C.Object ? C.Object : C.arg(C.Row.Object);
  QualType T = Named ? Named->IgnoreParenImpCasts()->getType() : QualType();
  if (!T.isNull() && T->isPointerType())
    T = T->getPointeeType();
  bool IsGuard = !T.isNull() && form(T).is(Form::Guard);
  if (C.Row.Role == CallRole::GuardRelease) {
    E.act(Op::Store, {Object, Operand::integer(0)}, Here, "owns");
    E.act(Op::Store, {Object, Operand::null()}, Here, "run");
    return IsGuard ? guardedLock(Object, Here) : Operand::unknown();
  }
  Operand Lock = IsGuard ? guardedLock(Object, Here) : Object;
  bool Releases = C.Row.Role == CallRole::Unlock || C.Row.Role == CallRole::UnlockShared;
  bool Shared = C.Row.Role == CallRole::LockShared || C.Row.Role == CallRole::TryLockShared ||
                C.Row.Role == CallRole::UnlockShared || C.Row.Flag.has(Flag::Shared);
  if (Releases) {
    E.act(Op::Unlock, {Lock}, Here, nameOf(Named)).Flag.set(Flag::Shared, Shared);
    if (IsGuard)
      E.act(Op::Store, {Object, Operand::integer(0)}, Here, "owns");
    return Operand::integer(0);
  }
  bool Try = C.Row.Role == CallRole::TryLock || C.Row.Role == CallRole::TryLockShared;
  Instruction &Take = E.act(Op::Lock, {Lock}, Here, nameOf(Named));
  finishWait(C, Take);
  Take.Flag.set(Flag::Shared, Shared).set(Flag::Try, Try);
  SlotId Got = E.newSlot();
  Take.Result = Got;
  bool Sure = !Try && !Take.Flag.has(Flag::Timed);
  if (IsGuard)
    E.act(Op::Store, {Object, Sure ? Operand::integer(1) : Operand::slot(Got)}, Here, "owns");
  return Sure ? Operand::integer(0) : Operand::slot(Got);
}

} // namespace taskleak
