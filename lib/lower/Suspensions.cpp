// Where a coroutine suspends: is its awaiter ready, and what is it told; see CoroutineLowering.h.
//   bool await_suspend(std::coroutine_handle<> h) { return queue_.add(h); }

#include "lower/Bare.h"
#include "lower/CoroutineLowering.h"

using namespace clang;

namespace taskleak {

bool CoroutineLowering::isStandard(QualType T, StringRef Name) {
  const auto *Record = T.getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->isInStdNamespace() && Record->getIdentifier() &&
         Record->getName() == Name;
}

const CoroutineSuspendExpr *CoroutineLowering::suspension(const Stmt *S) {
  return dyn_cast_or_null<CoroutineSuspendExpr>(bare(S));
}

static bool isFrom(const CoroutineSuspendExpr &A, StringRef Name) {
  return CoroutineLowering::isStandard(A.getCommonExpr()->getType(), Name);
}

/// What is known of it without a call: the answer of a standard awaiter, maybe as a base.
static std::optional<bool> isReady(const CoroutineSuspendExpr &A) {
  const auto *Asked = dyn_cast_or_null<CXXMemberCallExpr>(bare(A.getReadyExpr()));
  if (!Asked || !Asked->getRecordDecl())
    return std::nullopt;
  QualType Of = A.getOpaqueValue()->getType();
  if (const CXXMethodDecl *M = Asked->getMethodDecl())
    Of = M->getASTContext().getCanonicalTagType(M->getParent());
  bool Never = CoroutineLowering::isStandard(Of, "suspend_never");
  return Never || CoroutineLowering::isStandard(Of, "suspend_always") ? std::optional(Never) : std::nullopt;
}

/// Which coroutine runs next: that of a handle, if \p Tested is \p Runs; else none.
void CoroutineLowering::yieldNext(Operand Tested, bool Runs, Operand Handle,
                                  const CoroutineSuspendExpr &A) {
  Place At = L.at(A);
  BlockId Next = E.newBlock(), None = E.newBlock();
  E.branch(Tested, Runs ? Next : None, Runs ? None : Next, At, L.text(A));
  E.enter(Next);
  E.act(Op::Return, {taskOf(Handle, At)}, At);
  E.enter(None);
  E.act(Op::Return, {Operand::null()}, At);
}

/// The task that is to run after the awaiter has been told; null: none.
Function CoroutineLowering::lowerSuspension(const CoroutineSuspendExpr &A) {
  L.Coroutine.Promise = Operand::slot(E.newSlot("promise"));
  L.Opaques[A.getOpaqueValue()] = Operand::slot(E.newSlot("awaiter"));
  const Expr *Suspend = A.getSuspendExpr();
  if (Suspend->getType()->isVoidType()) {
    L.fullExpression(Suspend);
    E.act(Op::Return, {Operand::null()}, L.at(A));
  } else if (Suspend->getType()->isBooleanType()) {
    yieldNext(L.fullExpression(Suspend), /*Runs=*/false, L.Coroutine.Promise, A);
  } else {
    // await_suspend(handle).address()
    const auto *Address = dyn_cast<CXXMemberCallExpr>(bare(Suspend));
    Operand Next = L.fullExpression(Address ? Address->getImplicitObjectArgument() : Suspend);
    yieldNext(E.value(Op::Ne, {Next, Operand::null()}, L.at(A)), /*Runs=*/true, Next, A);
  }
  Function Made = E.take();
  Made.Params = Made.Captures = 2;
  return Made;
}

/// What who has run the coroutine calls as soon as it stands still.
Operand CoroutineLowering::whoSuspends(const CoroutineSuspendExpr &A, Operand Awaiter) {
  if (isFrom(A, "suspend_always"))
    return Operand::null();
  FunctionId Then = U.synthesize("suspend " + std::to_string(U.unit().Functions.size()),
                                 L.Self->getNameAsString(),
                                 [&A, &U = U, F = L.Self](Function Start) {
                                   FunctionLowering Inner(U, std::move(Start));
                                   Inner.Self = F;
                                   return CoroutineLowering(Inner).lowerSuspension(A);
                                 });
  return E.value(Op::Closure, {Operand::function(Then), L.Coroutine.Promise, Awaiter}, L.at(A));
}

std::optional<Operand> CoroutineLowering::await(const CoroutineSuspendExpr &A, bool IsFinal) {
  if (isFrom(A, "suspend_never")) {
    L.discard(A.getCommonExpr());
    return Operand::unknown();
  }
  bool Always = isFrom(A, "suspend_always");
  if (!Always && !L.form(A.getCommonExpr()->getType()).is(Form::Record))
    return std::nullopt;
  Storage Where = L.place(A.getCommonExpr());
  Operand Awaiter = Always ? Operand::unknown() : L.addressOf(Where, A.getSourceRange());
  L.Opaques[A.getOpaqueValue()] = Awaiter;
  BlockId Ready = E.newBlock(), Wait = E.newBlock();
  if (std::optional<bool> Is = isReady(A))
    E.jump(*Is ? Ready : Wait);
  else
    E.branch(L.fullExpression(A.getReadyExpr()), Ready, Wait, L.at(A), L.text(A));
  E.enter(Wait);
  Operand Then = whoSuspends(A, Awaiter);
  SlotId GoesOn = E.newSlot();
  Instruction &Suspend = E.act(Op::Suspend, {Then}, L.at(A), L.text(A));
  const auto *Await = dyn_cast<CoawaitExpr>(&A);
  Suspend.Flag.set(Flag::Drop, IsFinal).set(Flag::Implicit, !Await || Await->isImplicit());
  Suspend.Result = GoesOn;
  BlockId Ends = E.newBlock();
  E.branch(Operand::slot(GoesOn), Ready, Ends, L.at(A), "it is resumed");
  E.enter(Ends);
  E.runDownTo(0);
  E.act(Op::Return, {Operand::unknown()}, L.at(A));
  E.enter(Ready);
  return Always ? Operand::unknown() : L.evaluate(A.getResumeExpr());
}

} // namespace taskleak
