// See CoroutineLowering.h.

#include "lower/CoroutineLowering.h"

#include "lower/Bare.h"

#include "clang/AST/DeclTemplate.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace taskleak {

/// The promise's field that holds the task.
static constexpr llvm::StringLiteral TaskField = "the coroutine";

static const CoroutineBodyStmt *bodyOf(const FunctionDecl &F) {
  const FunctionDecl *Definition = nullptr;
  return F.hasBody(Definition) ? dyn_cast<CoroutineBodyStmt>(Definition->getBody()) : nullptr;
}

bool CoroutineLowering::isFollowed(const FunctionDecl &F, UnitLowering &U) {
  const CoroutineBodyStmt *Body = bodyOf(F);
  if (!Body || !Body->getPromiseDecl() || !suspension(Body->getInitSuspendStmt()) ||
      !suspension(Body->getFinalSuspendStmt()))
    return false;
  const auto *Made = dyn_cast_or_null<CallExpr>(bare(Body->getReturnValueInit()));
  const FunctionDecl *Makes = Made ? Made->getDirectCallee() : nullptr;
  return Makes && U.isOwn(*Makes) && U.Types.of(Body->getPromiseDecl()->getType()).is(Form::Record) &&
         !U.Types.of(F.getReturnType()).is(Form::Awaitable);
}

Function CoroutineLowering::lowerCall(const FunctionDecl &F, const LambdaExpr *Lambda,
                                      UnitLowering &U, Function Start) {
  std::string Name = Start.Name;
  Place At = Start.At;
  FunctionId Body = U.synthesize(
      "coroutine " + std::to_string(U.unit().Functions.size()), Name,
      [&F, &U, Lambda, At](Function Begun) {
        Begun.At = At;
        Begun.Coroutine = true;
        FunctionLowering L(U, std::move(Begun));
        L.Coroutine.IsBody = true;
        return Lambda ? L.lowerLambda(*Lambda, *cast<CXXMethodDecl>(&F)) : L.lowerFunction(F);
      });
  Start.Coroutine = false;
  FunctionLowering L(U, std::move(Start));
  L.Self = &F;
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  unsigned Before = Lambda ? Lambda->capture_size() : Method && Method->isInstance();
  CoroutineLowering(L).call(*bodyOf(F), Body, Before + F.getNumParams());
  Function Made = L.E.take();
  Made.Params = Before + F.getNumParams();
  Made.Captures = Lambda ? Before : 0;
  return Made;
}

/// The promise's constructor may take a parameter as it is kept.
void CoroutineLowering::bindKept(const Stmt *Move) {
  const auto *Declared = dyn_cast_or_null<DeclStmt>(Move);
  const auto *Kept = Declared && Declared->isSingleDecl()
                         ? dyn_cast<VarDecl>(Declared->getSingleDecl())
                         : nullptr;
  for (const ParmVarDecl *P : L.Self->parameters())
    if (Kept && P->getIdentifier() && P->getName() == Kept->getName())
      L.bind(*Kept, L.storageOf(*P));
}

/// Makes the promise, the task and what the caller gets.
void CoroutineLowering::call(const CoroutineBodyStmt &S, FunctionId Body, unsigned Params) {
  const FunctionDecl &F = *L.Self;
  Place At = U.place(F.getLocation());
  for (unsigned I = F.getNumParams(); I < Params; ++I)
    E.newSlot();
  L.declareParameters(F.parameters(), /*Own=*/false); // The body does.
  for (const Stmt *Move : S.getParamMoves())
    bindKept(Move);
  const VarDecl &Promise = *S.getPromiseDecl();
  Operand Made = L.initialize(Promise.getType(), Promise.getInit(), Promise.getName(), F.getLocation());
  L.bind(Promise, Storage::object(Made));
  llvm::SmallVector<Operand, 4> Args{Operand::function(Body), Made};
  for (SlotId Given = 0; Given < Params; ++Given)
    Args.push_back(Operand::slot(Given));
  SlotId Handle = E.newSlot();
  Instruction &Start = E.act(Op::Spawn, Args, At, F.getNameAsString());
  Start.Flag.set(Flag::Suspended);
  Start.Result = Handle;
  Operand Task = Operand::slot(Handle);
  E.act(Op::Store, {Made, Task}, At, TaskField);
  const auto *Return = dyn_cast_or_null<ReturnStmt>(S.getReturnStmt());
  const Expr *Yielded = Return && Return->getRetValue() ? Return->getRetValue() : S.getReturnValueInit();
  Operand Result = Operand::unknown();
  if (F.getReturnType()->isVoidType())
    L.discard(Yielded);
  else
    Result = L.initialize(F.getReturnType(), Yielded, {}, F.getLocation());
  E.act(Op::Resume, {Task}, At, F.getNameAsString()).Flag.set(Flag::Implicit);
  E.popTo(0);
  E.act(Op::Return, {Result}, At);
}

void CoroutineLowering::declarePromise() {
  L.Coroutine.Promise = Operand::slot(E.newSlot("promise"));
}

void CoroutineLowering::body(const CoroutineBodyStmt &S) {
  L.bind(*S.getPromiseDecl(), Storage::object(L.Coroutine.Promise));
  // Unless it ends in its last suspension: then who destroys it ends the promise.
  QualType T = S.getPromiseDecl()->getType();
  if (U.needsDestruction(T))
    E.pushCleanup([&S, T, Promise = L.Coroutine.Promise, &L = L] {
      L.destroy(T, Promise, S.getSourceRange(), {});
    });
  L.Coroutine.Last = E.newBlock();
  BlockId Dispatch = E.newBlock();
  L.discard(cast<Expr>(S.getInitSuspendStmt()));
  size_t Outer = E.depth();
  E.pushHandler(Dispatch);
  L.Coroutine.Depth = E.depth();
  L.statement(S.getBody());
  if (E.isOpen()) {
    L.statement(S.getFallthroughHandler());
    E.jump(L.Coroutine.Last);
  }
  E.forgetTo(Outer);
  E.enter(Dispatch);
  Operand Thrown = E.value(Op::Caught, {}, L.at(S));
  {
    llvm::SaveAndRestore Under(L.Caught, Thrown);
    L.statement(S.getExceptionHandler());
  }
  E.jump(L.Coroutine.Last);
  E.enter(L.Coroutine.Last);
  const CoroutineSuspendExpr &Final = *suspension(S.getFinalSuspendStmt());
  await(Final, /*IsFinal=*/true);
}

void CoroutineLowering::leave(const CoreturnStmt &S) {
  if (S.getOperand() && S.getOperand()->getType()->isVoidType())
    L.discard(S.getOperand());
  if (S.getPromiseCall())
    L.discard(S.getPromiseCall());
  L.leave(L.Coroutine.Last, L.Coroutine.Depth);
}

Operand CoroutineLowering::taskOf(Operand Handle, Place At) {
  return E.value(Op::Load, {Handle}, At, TaskField);
}

/// Null if the handle does not say.
static QualType promiseOf(QualType Handle) {
  const auto *Special =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(Handle->getAsCXXRecordDecl());
  bool Says = Special && Special->getTemplateArgs().size() != 0;
  return Says ? Special->getTemplateArgs()[0].getAsType() : QualType();
}

void CoroutineLowering::end(const ModelledCall &C, Operand Handle) {
  Place Here = L.at(C.Site);
  Operand Task = taskOf(Handle, Here);
  QualType Promise = promiseOf(C.Object->getType());
  bool EndsPromise = !Promise.isNull() && L.form(Promise).is(Form::Record) && U.needsDestruction(Promise);
  Operand IsOver = EndsPromise ? E.value(Op::Ended, {Task}, Here) : Operand::integer(0);
  E.act(Op::Resume, {Task}, Here, L.nameOf(C.Object)).Flag.set(Flag::Drop);
  if (!EndsPromise)
    return;
  BlockId Do = E.newBlock(), After = E.newBlock();
  E.branch(IsOver, Do, After, Here, "the coroutine has ended");
  E.enter(Do);
  L.destroy(Promise, Handle, C.Site.getSourceRange(), {});
  E.jump(After);
  E.enter(After);
}

Operand CoroutineLowering::modelled(const ModelledCall &C) {
  Operand Handle = L.target(C);
  Place Here = L.at(C.Site);
  switch (C.Row.Role) {
  case CallRole::IsDone:
    return E.value(Op::Ended, {taskOf(Handle, Here)}, Here);
  case CallRole::EndCoroutine:
    L.whenSet(Handle, [&] { end(C, Handle); });
    return Operand::unknown();
  default: // Resume
    L.whenSet(Handle, [&] {
      E.act(Op::Resume, {taskOf(Handle, Here)}, Here, L.nameOf(C.Object));
    });
    return Operand::unknown();
  }
}

} // namespace taskleak
