// Calls: of the user's own functions, through callables, of library functions
// with a model row, and of what is out of sight.

#include "lower/FunctionLowering.h"

#include "clang/AST/Attr.h"

using namespace clang;

namespace taskleak {

static bool isCoroutine(const FunctionDecl &F) {
  const FunctionDecl *Definition = nullptr;
  return F.hasBody(Definition) && isa<CoroutineBodyStmt>(Definition->getBody());
}

Operand FunctionLowering::argument(const Expr &Arg, QualType Param) {
  if (Param->isReferenceType()) {
    if (form(Param).is(Form::Nothing)) {
      value(&Arg);
      return Operand::unknown();
    }
    return reference(&Arg);
  }
  return initialize(Param, &Arg, {}, Arg.getSourceRange());
}

Operand FunctionLowering::objectArgument(const Expr &Object) {
  return Object.getType()->isPointerType() ? value(&Object) : reference(&Object);
}

Operand FunctionLowering::callOwn(const FunctionDecl &F, std::optional<Operand> Object,
                                  bool Virtual, ArrayRef<const Expr *> Args, const Expr &Site) {
  FunctionId Id = U.function(F);
  llvm::SmallVector<Operand, 4> Passed;
  if (Object)
    Passed.push_back(*Object);
  for (unsigned I = 0; I < Args.size() && I < F.getNumParams(); ++I)
    Passed.push_back(argument(*Args[I], F.getParamDecl(I)->getType()));
  SlotId Result = E.newSlot();
  if (isCoroutine(F) && form(F.getReturnType()).is(Form::Awaitable)) {
    // Nothing happens until somebody awaits it.
    U.body(Id).Called = true;
    Passed.insert(Passed.begin(), Operand::function(Id));
    E.act(Op::Closure, Passed, at(Site), F.getNameAsString()).Result = Result;
    return Operand::slot(Result);
  }
  U.body(Id).Called = true;
  Instruction &Call = E.act(Virtual ? Op::CallVirtual : Op::Call, Passed, at(Site),
                            Virtual ? methodKey(*cast<CXXMethodDecl>(&F)) : F.getNameAsString());
  Call.Result = Result;
  if (!Virtual)
    Call.Callee = Id;
  return Operand::slot(Result);
}

/// Can the callee keep what this argument refers to, or change it?
static bool escapesThrough(QualType Param) {
  if (Param->isReferenceType() || Param->isPointerType())
    return !Param->getPointeeType().isConstQualified() || Param->getPointeeType()->isFunctionType();
  return true;
}

Operand FunctionLowering::result(const FunctionDecl *F, const Expr &Site,
                                 ArrayRef<Operand> Inputs) {
  QualType T = Site.getType();
  if (T->isVoidType() || (form(T).is(Form::Nothing) && !T->isArithmeticType()))
    return Operand::unknown();
  if (form(T).isObject() || form(T).is(Form::Handle))
    return Operand::unknown();
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F);
  // A question asked twice of what has not changed has one answer.
  bool Stable = Method && Method->isConst() && Method->getNumParams() == 0;
  if (Stable)
    return E.value(Op::Opaque, Inputs, at(Site), text(Site));
  return E.value(Op::Symbol, {}, at(Site), text(Site));
}

Operand FunctionLowering::callUnknown(const FunctionDecl *F, const Expr *Object,
                                      ArrayRef<const Expr *> Args, const Expr &Site) {
  Instruction Call;
  Call.Code = Op::Extern;
  Call.At = at(Site);
  Call.Text = F ? F->getNameAsString() : text(Site);
  bool Kept = false;
  llvm::SmallVector<Operand, 2> Inputs;
  auto Pass = [&](Operand Value, bool MayKeep) {
    if (MayKeep && (Value.isSlot() || Value.K == Operand::Kind::Global ||
                    Value.K == Operand::Kind::Function)) {
      Call.Operands.push_back(Value);
      Kept = true;
    }
  };
  if (Object) {
    Operand Value = form(Object->getType()->isPointerType() ? Object->getType()->getPointeeType()
                                                            : Object->getType())
                            .is(Form::Nothing)
                        ? value(Object)
                        : objectArgument(*Object);
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F);
    if (Value.isSlot())
      Inputs.push_back(Value);
    Pass(Value, !Method || !Method->isConst());
  }
  for (unsigned I = 0; I < Args.size(); ++I) {
    QualType Param =
        F && I < F->getNumParams() ? F->getParamDecl(I)->getType() : Args[I]->getType();
    if (form(Param).is(Form::Nothing) && !form(Args[I]->getType()).isObject()) {
      // A forwarding or erased parameter may still carry a callable or a handle.
      TypeForm Given = form(Args[I]->getType());
      Operand Value = value(Args[I]);
      Pass(Value, Given.is(Form::Callable) || Given.is(Form::Handle) || Given.is(Form::Pointer));
      continue;
    }
    Operand Value = argument(*Args[I], Param);
    bool Plain = form(Args[I]->getType()).is(Form::Scalar) &&
                 !Args[I]->getType()->isPointerType() && !Param->isReferenceType();
    bool MayBeHandle = U.NumbersAreHandles && Args[I]->getType()->isSignedIntegerType();
    // What a constant callable or pointer refers to can be called and changed all the same.
    TypeForm Given = form(Args[I]->getType());
    bool Carries = Given.is(Form::Callable) || Given.is(Form::Handle) || Given.is(Form::Pointer) ||
                   Given.is(Form::Awaitable);
    Pass(Value, Plain ? MayBeHandle : Carries || escapesThrough(Param));
  }
  bool Throws = F && U.Throwing(*F);
  if (Kept || Throws) {
    Call.Flag.set(Flag::Escapes, Kept).set(Flag::Throws, Throws);
    E.append(std::move(Call));
  }
  return result(F, Site, Inputs);
}

Operand FunctionLowering::callThrough(Operand Callable, const FunctionProtoType *Type,
                                      ArrayRef<const Expr *> Args, const Expr &Site) {
  llvm::SmallVector<Operand, 4> Passed{Callable};
  for (unsigned I = 0; I < Args.size(); ++I) {
    QualType Param = Type && I < Type->getNumParams() ? Type->getParamType(I) : Args[I]->getType();
    Passed.push_back(argument(*Args[I], Param));
  }
  return E.value(Op::CallClosure, Passed, at(Site), text(Site));
}

std::optional<ModelledCall> FunctionLowering::modelOf(const CallExpr &C) {
  const FunctionDecl *F = C.getDirectCallee();
  if (!F)
    return std::nullopt;
  const Expr *Object = nullptr;
  ArrayRef<const Expr *> Args(C.getArgs(), C.getNumArgs());
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&C)) {
    Object = Member->getImplicitObjectArgument();
  } else if (const auto *Method = dyn_cast<CXXMethodDecl>(F);
             isa<CXXOperatorCallExpr>(C) && Method && !Method->isStatic()) {
    Object = Args.front();
    Args = Args.drop_front();
  }
  QualType T = Object ? Object->IgnoreParenImpCasts()->getType() : QualType();
  if (!T.isNull() && T->isPointerType())
    T = T->getPointeeType();
  const CallModel *Row = U.Rows.call(*F, T, Args);
  return Row ? std::optional(ModelledCall{*Row, C, *F, Object, Args}) : std::nullopt;
}

Operand FunctionLowering::call(const CallExpr &C) {
  ArrayRef<const Expr *> Args(C.getArgs(), C.getNumArgs());
  const FunctionDecl *F = C.getDirectCallee();
  if (!F) {
    const Expr *Callee = C.getCallee();
    QualType T = Callee->getType();
    if (T->isPointerType())
      T = T->getPointeeType();
    return callThrough(value(Callee), T->getAs<FunctionProtoType>(), Args, C);
  }
  if (auto Call = modelOf(C))
    return modelled(*Call);
  if (U.isOwn(*F))
    return callOwn(*F, std::nullopt, false, Args, C);
  if (F->isNoReturn()) {
    E.act(Op::Unreachable, {}, at(C), F->getNameAsString());
    return Operand::unknown();
  }
  return callUnknown(F, nullptr, Args, C);
}

Operand FunctionLowering::memberCall(const CXXMemberCallExpr &C) {
  ArrayRef<const Expr *> Args(C.getArgs(), C.getNumArgs());
  const CXXMethodDecl *F = C.getMethodDecl();
  const Expr *Object = C.getImplicitObjectArgument();
  if (!F || !Object) {
    evaluateChildren(C);
    return unknownValue(C);
  }
  QualType T = Object->IgnoreParenImpCasts()->getType();
  if (T->isPointerType())
    T = T->getPointeeType();
  if (auto Call = modelOf(C))
    return modelled(*Call);
  if (F->getParent()->isLambda())
    return callThrough(value(Object), F->getType()->getAs<FunctionProtoType>(), Args, C);
  const auto *Callee = dyn_cast<MemberExpr>(C.getCallee()->IgnoreParens());
  bool Virtual = F->isVirtual() && !(Callee && Callee->hasQualifier()) && !F->hasAttr<FinalAttr>();
  if (Virtual && !isSystem(*F) && form(T).is(Form::Record)) {
    Operand This = objectArgument(*Object);
    if (U.isOwn(*F))
      return callOwn(*F, This, true, Args, C);
    llvm::SmallVector<Operand, 4> Passed{This};
    for (unsigned I = 0; I < Args.size() && I < F->getNumParams(); ++I)
      Passed.push_back(argument(*Args[I], F->getParamDecl(I)->getType()));
    return E.value(Op::CallVirtual, Passed, at(C), methodKey(*F));
  }
  if (U.isOwn(*F) && !form(T).is(Form::Nothing))
    return callOwn(*F, F->isInstance() ? std::optional(objectArgument(*Object)) : std::nullopt,
                   false, Args, C);
  return callUnknown(F, Object, Args, C);
}

Operand FunctionLowering::operatorCall(const CXXOperatorCallExpr &C) {
  const FunctionDecl *F = C.getDirectCallee();
  ArrayRef<const Expr *> Args(C.getArgs(), C.getNumArgs());
  if (!F) {
    evaluateChildren(C);
    return unknownValue(C);
  }
  if (auto Call = modelOf(C))
    return modelled(*Call);
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  if (!Method || Method->isStatic())
    return U.isOwn(*F) ? callOwn(*F, std::nullopt, false, Args, C)
                       : callUnknown(F, nullptr, Args, C);
  const Expr *Object = Args[0];
  QualType T = Object->IgnoreParenImpCasts()->getType();
  if (Method->getParent()->isLambda() && C.getOperator() == OO_Call)
    return callThrough(value(Object), F->getType()->getAs<FunctionProtoType>(), Args.drop_front(),
                       C);
  bool Assigns = C.getOperator() == OO_Equal && Args.size() == 2;
  if (Assigns && (!form(T).is(Form::Record) || !Method->isUserProvided())) {
    TypeForm Shape = form(T);
    if (Shape.is(Form::Nothing)) {
      value(Args[1]);
      value(Object);
      return Operand::unknown();
    }
    if (Shape.is(Form::Atomic)) {
      Operand V = value(Args[1]);
      E.act(Op::Put, {reference(Object), V}, at(C));
      return V;
    }
    Operand V = Shape.isObject() ? copyOf(*Args[1], T, Args[1]->isXValue(), C.getSourceRange())
                                 : Operand::unknown();
    if (Shape.is(Form::Callable)) {
      V = callable(Args[1]);
    } else if (auto Held = Shape.is(Form::Pointer) ? optionalFrom(*Args[1], T) : std::nullopt) {
      V = *Held;
    } else if (Shape.isValue()) {
      Storage From = Args[1]->isGLValue() ? place(Args[1]) : Storage{};
      V = Args[1]->isGLValue() ? load(From, C.getSourceRange()) : value(Args[1]);
      V = E.value(Op::Move, {V}, at(C));
      if (Args[1]->isXValue())
        store(From, Operand::null(), C.getSourceRange());
      else if (Shape.is(Form::Pointer) && Shape.Row->Shared && Args[1]->isGLValue() &&
               U.needsDestruction(T))
        E.act(Op::Retain, {V}, at(C));
    }
    return assignTo(*Object, V, C.getSourceRange());
  }
  if (U.isOwn(*F) && !form(T).is(Form::Nothing))
    return callOwn(*F, objectArgument(*Object), false, Args.drop_front(), C);
  TypeForm Shape = form(T);
  // Comparing handles and smart pointers with null or with each other.
  if (Shape.isValue() && Args.size() == 2 && !Shape.is(Form::Nothing) &&
      (C.getOperator() == OO_EqualEqual || C.getOperator() == OO_ExclaimEqual))
    return arithmetic(C.getOperator() == OO_EqualEqual ? Op::Eq : Op::Ne, value(Args[0]),
                      value(Args[1]), C);
  return callUnknown(F, Object, Args.drop_front(), C);
}

} // namespace taskleak
