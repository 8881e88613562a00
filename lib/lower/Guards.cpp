// Guards: what they take, keep and give back.
//   std::unique_lock L(M, std::defer_lock);
// is a record with the fields "lock" and "owns"; that of several locks has "lock 1" and
// so on, too.

#include "lower/LockLowering.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace taskleak {

/// The template arguments of a guard that name what it locks.
static ArrayRef<TemplateArgument> lockTypes(QualType Guard) {
  const auto *Special =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(Guard->getAsCXXRecordDecl());
  if (!Special || Special->getTemplateArgs().size() == 0)
    return {};
  const TemplateArgument &First = Special->getTemplateArgs()[0];
  return First.getKind() == TemplateArgument::Pack ? First.getPackAsArray() : First;
}

/// The class of lock that a guard is for, if that is one of the user's own.
QualType LockLowering::ownLock(QualType Guard) {
  ArrayRef<TemplateArgument> Types = lockTypes(Guard);
  bool IsOwn = !Types.empty() && Types[0].getKind() == TemplateArgument::Type &&
               L.form(Types[0].getAsType()).is(Form::Record);
  return IsOwn ? Types[0].getAsType() : QualType();
}

static std::string lockField(size_t I) { return I == 0 ? "lock" : "lock " + std::to_string(I); }

/// A lock class of the user's own: lock(), unlock() and so on are ordinary calls.
Operand LockLowering::callLock(QualType T, Operand Lock, StringRef Name, Place At) {
  const auto *Record = T->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return Operand::unknown();
  for (const CXXMethodDecl *Method : Record->getDefinition()->methods()) {
    if (!Method->getIdentifier() || Method->getName() != Name || !U.isOwn(*Method))
      continue;
    FunctionId Id = U.function(*Method);
    U.body(Id).Called = true;
    SlotId Result = E.newSlot();
    Instruction &Call = E.act(Method->isVirtual() ? Op::CallVirtual : Op::Call, {Lock}, At,
                              Method->isVirtual() ? methodKey(*Method) : Name.str());
    Call.Result = Result;
    if (!Method->isVirtual())
      Call.Callee = Id;
    return Operand::slot(Result);
  }
  E.act(Op::Escape, {Lock}, At);
  return Operand::unknown();
}

std::vector<LockLowering::GuardedLock> LockLowering::locksOf(const ModelledCall &C) {
  std::vector<GuardedLock> Out;
  for (const Expr *A : C.Args) {
    QualType T = A->getType();
    if (T->isPointerType())
      T = T->getPointeeType();
    TypeForm Shape = L.form(T);
    bool IsLock = Shape.is(Form::Object) && Shape.Row->Kind == ObjectKind::Lock;
    if (IsLock || Shape.is(Form::Record))
      Out.push_back({A, T, L.objectArgument(*A), Shape.is(Form::Record)});
  }
  return Out;
}

/// Takes what the guard is to take; yields whether it has it.
Operand LockLowering::take(const ModelledCall &C, llvm::ArrayRef<GuardedLock> Locks) {
  Place Here = L.at(C.Site);
  bool Shared = C.Row.Flag.has(Flag::Shared), Tries = C.Row.Guard == "try";
  if (Locks.empty() || C.Row.Guard == "defer")
    return Operand::integer(0);
  if (C.Row.Guard == "adopt")
    return Operand::integer(1);
  if (Locks[0].IsOwn && Locks.size() == 1) {
    StringRef Name = Shared  ? Tries ? "try_lock_shared" : "lock_shared"
                     : Tries ? "try_lock"
                             : "lock";
    Operand Got = callLock(Locks[0].T, Locks[0].Lock, Name, Here);
    return Tries ? Got : Operand::integer(1);
  }
  // Several are taken without an order; of those with a class of the user's own that is not seen.
  if (llvm::any_of(Locks, [](const GuardedLock &G) { return G.IsOwn; })) {
    for (const GuardedLock &Each : Locks)
      E.act(Op::Escape, {Each.Lock}, Here);
    return Operand::integer(0);
  }
  Instruction &Take = E.act(Op::Lock, {}, Here, L.nameOf(Locks[0].Named));
  for (const GuardedLock &Each : Locks)
    Take.Operands.push_back(Each.Lock);
  Take.Flag.set(Flag::Shared, Shared).set(Flag::Guard);
  L.finishWait(C, Take);
  Take.Flag.set(Flag::Try, Tries);
  if (!Tries && !Take.Flag.has(Flag::Timed))
    return Operand::integer(1);
  Take.Result = E.newSlot();
  return Operand::slot(Take.Result);
}

Operand LockLowering::guard(const ModelledCall &C, StringRef Name) {
  Place Here = L.at(C.Site);
  QualType T = C.Site.getType();
  Operand Guard = L.makeDefault(T, L.form(T), Name, C.Site.getSourceRange());
  if (L.form(T).is(Form::Cleanup)) {
    if (const Expr *Run = C.arg(C.Row.Callable)) {
      Operand What = L.callable(Run);
      if (const Expr *With = C.arg(C.Row.Arg))
        What = E.value(Op::Closure, {What, L.value(With)}, Here);
      E.act(Op::Store, {Guard, What}, Here, "run");
    }
    return Guard;
  }
  std::vector<GuardedLock> Locks = locksOf(C);
  Operand Owns = take(C, Locks);
  for (size_t I = 0; I < Locks.size(); ++I)
    E.act(Op::Store, {Guard, Locks[I].Lock}, Here, lockField(I));
  if (!Locks.empty())
    E.act(Op::Store, {Guard, Owns}, Here, "owns");
  if (C.arg(C.Row.Predicate) && Locks.size() == 1)
    L.predicateLoop(C, Locks[0].Lock, {Locks[0].Lock, {}, {}});
  return Guard;
}

void LockLowering::unlockGuard(Operand Guard, QualType T, Place At) {
  bool Shared = L.form(T).Row->Flag.has(Flag::Shared);
  if (QualType Own = ownLock(T); !Own.isNull()) {
    callLock(Own, lockOf(Guard, At), Shared ? "unlock_shared" : "unlock", At);
    return;
  }
  for (size_t I = 0, N = std::max<size_t>(1, lockTypes(T).size()); I < N; ++I) {
    Operand Lock = E.value(Op::Load, {Guard}, At, lockField(I));
    E.act(Op::Unlock, {Lock}, At).Flag.set(Flag::Guard).set(Flag::Shared, Shared);
  }
}

void LockLowering::endGuard(Operand Guard, QualType T, Place At) {
  Operand Owns = E.value(Op::Load, {Guard}, At, "owns");
  BlockId Do = E.newBlock(), After = E.newBlock();
  E.branch(Owns, Do, After, At, "the guard owns its lock");
  E.enter(Do);
  unlockGuard(Guard, T, At);
  E.jump(After);
  E.enter(After);
}

WaitLock LockLowering::waitLock(const ModelledCall &C) {
  WaitLock With;
  if (const Expr *Held = C.arg(C.Row.LockParam)) {
    QualType T =
        Held->getType()->isPointerType() ? Held->getType()->getPointeeType() : Held->getType();
    With.Lock = L.objectArgument(*Held);
    if (L.form(T).is(Form::Guard)) {
      With.Lock = lockOf(With.Lock, L.at(C.Site));
      With.Own = ownLock(T);
    } else if (L.form(T).is(Form::Record)) {
      With.Own = T;
    }
  }
  return With;
}

/// A lock class of the user's own is given back before the wait and taken after it; what
/// happens in between is not kept apart, so nothing is claimed of the condition.
Instruction &LockLowering::wait(const ModelledCall &C, Operand Condition, const WaitLock &With) {
  Place Here = L.at(C.Site);
  if (!With.Own.isNull()) {
    E.act(Op::Escape, {Condition}, Here);
    callLock(With.Own, With.Lock, "unlock", Here);
  }
  Instruction &Wait =
      E.act(Op::Wait, {Condition}, Here, L.nameOf(C.Object ? C.Object : C.arg(C.Row.Object)));
  if (With.Own.isNull() && !With.Lock.isUnknown())
    Wait.Operands.push_back(With.Lock);
  if (!With.Tells.isUnknown())
    Wait.Operands.push_back(With.Tells);
  L.finishWait(C, Wait);
  return Wait;
}

void LockLowering::takeBack(const WaitLock &With, Place At) {
  if (!With.Own.isNull())
    callLock(With.Own, With.Lock, "lock", At);
}

void LockLowering::assignGuard(QualType T, Operand To, Operand From, Place At) {
  endGuard(To, T, At);
  for (StringRef Part : {"lock", "owns"})
    E.act(Op::Store, {To, E.value(Op::Load, {From}, At, Part)}, At, Part);
}

} // namespace taskleak
