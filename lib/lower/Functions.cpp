// Whole functions: parameters, body, lambdas with their captures, globals.

#include "lower/ClassEnds.h"
#include "lower/CoroutineLowering.h"
#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

FunctionLowering::FunctionLowering(UnitLowering &U, Function Start)
    : FunctionState(U, std::move(Start)) {}

void FunctionLowering::declareParameters(ArrayRef<ParmVarDecl *> Parameters, bool Own) {
  SlotId First = NoId;
  for (const ParmVarDecl *P : Parameters) {
    SlotId Slot = E.newSlot(P->getName());
    E.slot(Slot).IsNumber = U.isPlainNumber(P->getType());
    First = First == NoId ? Slot : First;
  }
  for (const ParmVarDecl *P : Parameters)
    declareParameter(*P, First++, Own);
}

void FunctionLowering::lowerBody(const FunctionDecl &F) {
  statement(F.getBody());
  E.popTo(0);
  if (E.isOpen())
    E.act(Op::Return, {Operand::unknown()}, at(F.getBody()->getEndLoc()));
}

Function FunctionLowering::lowerFunction(const FunctionDecl &F) {
  Self = &F;
  findAddressed(F.getBody());
  if (Coroutine.IsBody)
    CoroutineLowering(*this).declarePromise();
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  bool HasThis = Method && Method->isInstance();
  if (HasThis)
    This = Storage::object(Operand::slot(E.newSlot("this")));
  declareParameters(F.parameters());
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&F)) {
    for (const CXXCtorInitializer *Init : Constructor->inits())
      findAddressed(Init->getInit());
    constructorInitializers(*Constructor);
  }
  lowerBody(F);
  Function Fn = E.take();
  unsigned Before = HasThis + Coroutine.IsBody;
  Fn.Params = F.getNumParams() + Before;
  for (unsigned I = 0; I != F.getNumParams(); ++I)
    if (const TypeModel *Row = form(F.getParamDecl(I)->getType()).Row)
      Fn.Slots[Before + I].Kind = Row->Kind;
  return Fn;
}

/// What a lambda changes of its own is there when it is called again: [n = 0]() mutable { ++n; }
bool FunctionLowering::isKeptBetweenCalls(const LambdaCapture &Capture,
                                          const CXXMethodDecl &Operator) {
  return !Operator.isConst() && Capture.capturesVariable() &&
         Capture.getCaptureKind() == LCK_ByCopy &&
         form(Capture.getCapturedVar()->getType()).is(Form::Scalar);
}

Function FunctionLowering::lowerLambda(const LambdaExpr &Lambda, const CXXMethodDecl &Operator) {
  Self = &Operator;
  findAddressed(Operator.getBody());
  if (Coroutine.IsBody)
    CoroutineLowering(*this).declarePromise();
  std::vector<std::pair<const LambdaCapture *, SlotId>> Captures;
  for (const LambdaCapture &Capture : Lambda.captures()) {
    StringRef Name = Capture.capturesVariable() ? Capture.getCapturedVar()->getName() : "this";
    Captures.push_back({&Capture, E.newSlot(Name)});
  }
  std::vector<ObjectKind> Kinds;
  for (auto [Capture, Slot] : Captures) {
    Operand Value = Operand::slot(Slot);
    Kinds.push_back(ObjectKind::None);
    if (Capture->capturesThis()) {
      This = Storage::object(Value);
      continue;
    }
    const ValueDecl *V = Capture->capturesVariable() ? Capture->getCapturedVar() : nullptr;
    if (!V)
      continue;
    TypeForm Shape = form(V->getType());
    bool IsKept = isKeptBetweenCalls(*Capture, Operator);
    if (Capture->getCaptureKind() == LCK_ByCopy && !IsKept)
      E.slot(Slot).IsNumber = U.isPlainNumber(V->getType());
    if (Shape.Row)
      Kinds.back() = Shape.Row->Kind;
    if (Shape.isObject())
      bind(*V, Storage::object(Value));
    else if (IsKept || Capture->getCaptureKind() == LCK_ByRef)
      bind(*V, Storage::through(Value));
    else if (!Shape.is(Form::Nothing))
      bind(*V, Storage::slot(Slot));
  }
  declareParameters(Operator.parameters());
  lowerBody(Operator);
  Function Fn = E.take();
  size_t First = Coroutine.IsBody;
  Fn.Captures = First + Captures.size();
  Fn.Params = Fn.Captures + Operator.getNumParams();
  for (size_t I = 0; I != Kinds.size(); ++I)
    Fn.Slots[First + I].Kind = Kinds[I];
  for (unsigned I = 0; I != Operator.getNumParams(); ++I)
    if (const TypeModel *Row = form(Operator.getParamDecl(I)->getType()).Row)
      Fn.Slots[Fn.Captures + I].Kind = Row->Kind;
  return Fn;
}

Function FunctionLowering::lowerGlobal(const VarDecl &V) {
  Zeroes = true;
  bool IsReference = V.getType()->isReferenceType(); // static Log &log = *new Log;
  Operand Value = IsReference
                      ? reference(V.getInit())
                      : initialize(V.getType(), V.getInit(), V.getName(), V.getLocation());
  if (!IsReference && form(V.getType()).isValue())
    Value = E.value(Op::Cell, {Value}, at(V.getLocation()), V.getName());
  // When a thread ends is not followed so far.
  FunctionId End = V.getTLSKind() != VarDecl::TLS_None && U.needsDestruction(V.getType())
                       ? U.destructor(V.getType())
                       : FunctionId(NoId);
  if (End != NoId) {
    U.body(End).Called = true;
    E.act(Op::Extern, {Operand::function(End)}, at(V.getLocation()), "the end of a thread")
        .Flag.set(Flag::Escapes);
  }
  E.runDownTo(0);
  E.act(Op::Return, {Value}, at(V.getLocation()));
  return E.take();
}

Operand FunctionLowering::lambda(const LambdaExpr &L, bool OwnsCaptures,
                                 const CXXMethodDecl *Operator) {
  FunctionId Body = U.lambda(L, Self ? Self->getNameAsString() : "", Operator);
  Instruction Make;
  Make.Code = Op::Closure;
  Make.At = at(L.getIntroducerRange());
  bool Destroys = false;
  auto Init = L.capture_init_begin();
  llvm::SmallVector<Operand, 4> Captured, Owned;
  for (const LambdaCapture &Capture : L.captures()) {
    const Expr *Value = *Init++;
    if (Capture.capturesThis()) {
      Captured.push_back(This.Where);
      continue;
    }
    const ValueDecl *V = Capture.capturesVariable() ? Capture.getCapturedVar() : nullptr;
    if (!V || form(V->getType()).is(Form::Nothing)) {
      if (V && V->isInitCapture() && Value)
        discard(Value);
      Captured.push_back(Operand::unknown());
    } else if (Capture.getCaptureKind() == LCK_ByRef) {
      const auto *B = dyn_cast<BindingDecl>(V);
      Captured.push_back(V->isInitCapture()
                             ? reference(Value)
                             : addressOf(B ? bindingStorage(*B) : storageOf(*cast<VarDecl>(V)),
                                         Capture.getLocation()));
    } else {
      Captured.push_back(initialize(V->getType().getNonReferenceType(), Value, V->getName(),
                                    Capture.getLocation()));
      if (isKeptBetweenCalls(Capture, Operator ? *Operator : *L.getCallOperator()))
        Captured.back() = E.value(Op::Cell, {Captured.back()}, at(Capture.getLocation()), V->getName());
      QualType T = V->getType().getNonReferenceType();
      Destroys |= U.needsDestruction(T);
      if (!OwnsCaptures && Captured.back().isSlot() && endMatters(U, T))
        keepOwned(U, E, T, Captured.back(), Owned, at(L.getIntroducerRange()));
    }
  }
  if (Body == NoId) {
    for (Operand C : Captured)
      if (C.isSlot())
        E.act(Op::Escape, {C}, at(L));
    return Operand::unknown();
  }
  if (Destroys && OwnsCaptures)
    Body = U.synthesize("run " + std::to_string(Body), U.body(Body).Name,
                        [&L, Body, &Unit = U](Function Start) {
                          return FunctionLowering(Unit, std::move(Start)).lowerRunAndDestroy(L, Body);
                        });
  Make.Operands.push_back(Operand::function(Body));
  Make.Operands.append(Captured.begin(), Captured.end());
  Make.Result = E.newSlot();
  Operand Result = Operand::slot(Make.Result);
  E.append(std::move(Make));
  for (Operand Capture : Owned)
    E.act(Op::Own, {Result, Capture}, at(L.getIntroducerRange()));
  return Result;
}

Function FunctionLowering::lowerRunAndDestroy(const LambdaExpr &L, FunctionId Body) {
  const CXXMethodDecl *Operator = L.getCallOperator();
  llvm::SmallVector<Operand, 4> All;
  for (const LambdaCapture &Capture : L.captures()) {
    SlotId Slot = E.newSlot(Capture.capturesVariable() ? Capture.getCapturedVar()->getName() : "this");
    All.push_back(Operand::slot(Slot));
    const auto *V = dyn_cast_or_null<VarDecl>(
        Capture.capturesVariable() ? Capture.getCapturedVar() : nullptr);
    if (V && Capture.getCaptureKind() == LCK_ByCopy)
      ownUntilScopeEnd(*V, V->getType().getNonReferenceType(), Storage::slot(Slot));
  }
  for (const ParmVarDecl *P : Operator->parameters())
    All.push_back(Operand::slot(E.newSlot(P->getName())));
  Instruction &Call = E.act(Op::Call, All, U.body(Body).At);
  Call.Callee = Body;
  SlotId Result = E.newSlot();
  Call.Result = Result;
  E.popTo(0);
  E.act(Op::Return, {Operand::slot(Result)}, {});
  Function Fn = E.take();
  Fn.Captures = L.capture_size();
  Fn.Params = All.size();
  return Fn;
}

} // namespace taskleak
