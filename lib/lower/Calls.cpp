// Calls: of the user's own functions, through callables, of library functions
// with a model row.

#include "lower/CursorLowering.h"
#include "lower/Equality.h"
#include "lower/OptionalLowering.h"
#include "lower/StatusLowering.h"
#include "lower/TextLowering.h"
#include "lower/VariantLowering.h"

#include "clang/AST/Attr.h"
#include "clang/Basic/Builtins.h"

using namespace clang;

namespace taskleak {

bool isCoroutine(const FunctionDecl &F) {
  const FunctionDecl *Definition = nullptr;
  return F.hasBody(Definition) && isa<CoroutineBodyStmt>(Definition->getBody());
}

Operand FunctionLowering::argument(const Expr &Arg, QualType Param) {
  if (Param->isReferenceType()) {
    if (form(Param).is(Form::Nothing)) {
      // Whoever knows no more of it than its base calls it back by what overrides it.
      if (const Expr &Whole = asItIs(Arg); form(Whole.getType()).isObject())
        leaveForeign(reference(&Whole), at(Arg), text(Arg));
      else
        value(&Arg);
      return Operand::unknown();
    }
    return reference(&Arg);
  }
  // Forwarded to a parameter that is an owner itself, as make_shared does.
  if (Arg.isGLValue() && form(Param).is(Form::Pointer) && form(Arg.getType()).is(Form::Pointer))
    return given(Arg, Param, Arg.getSourceRange());
  return initialize(Param, &Arg, {}, Arg.getSourceRange());
}

Operand FunctionLowering::objectArgument(const Expr &Object) {
  return Object.getType()->isPointerType() ? value(&Object) : reference(&Object);
}

Operand FunctionLowering::callOwn(const FunctionDecl &F, std::optional<Operand> Object,
                                  const RecordDecl *Virtual, ArrayRef<const Expr *> Args,
                                  const Expr &Site) {
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
                            Virtual ? U.virtualCallee(*cast<CXXMethodDecl>(&F), *Virtual)
                                    : F.getNameAsString());
  Call.Result = Result;
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&F))
    Call.Flag.set(Flag::Copies,
                  Constructor->isCopyConstructor() &&
                      holdsWaits(U.Context.getCanonicalTagType(Constructor->getParent())));
  if (!Virtual)
    Call.Callee = Id;
  return Operand::slot(Result);
}

Operand FunctionLowering::callThrough(ArrayRef<Operand> Callable, const FunctionProtoType *Type,
                                      ArrayRef<const Expr *> Args, const Expr &Site) {
  llvm::SmallVector<Operand, 4> Passed(Callable);
  callArguments(Type, Args, Passed);
  return E.call(Op::CallClosure, Passed, at(Site), text(Site), !Type || !Type->isNothrow());
}

void FunctionLowering::callArguments(const FunctionProtoType *Type, ArrayRef<const Expr *> Args,
                                     llvm::SmallVectorImpl<Operand> &Out) {
  for (unsigned I = 0; I < Args.size(); ++I) {
    bool IsKnown = Type && I < Type->getNumParams();
    QualType T = Args[I]->getType();
    // Whoever forwards an object passes it by reference.
    bool Forwards = !IsKnown && Args[I]->isGLValue();
    if (Forwards && form(T).isObject())
      Out.push_back(reference(Args[I]));
    else if (Forwards && form(T).is(Form::Pointer))
      Out.push_back(value(Args[I]));
    else
      Out.push_back(argument(*Args[I], IsKnown ? Type->getParamType(I) : T));
  }
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
  CursorLowering(*this).call(C);
  if (F->getBuiltinID() == Builtin::BI__builtin_expect && Args.size() == 2)
    return value(Args[0]); // if (unlikely(error))
  if (F->getBuiltinID() == Builtin::BI__builtin_coro_frame)
    return Coroutine.Promise; // Which is what a handle leads to.
  if (auto Call = modelOf(C))
    return modelled(*Call);
  if (U.isOwn(*F))
    return callOwn(*F, std::nullopt, nullptr, Args, C);
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
  if (const auto *Through = dyn_cast<BinaryOperator>(C.getCallee()->IgnoreParens());
      Through && Through->isPtrMemOp())
    return callThroughMember(*Through, Args, C);
  if (!F || !Object) {
    evaluateChildren(C);
    return unknownValue(C);
  }
  QualType T = Object->IgnoreParenImpCasts()->getType();
  if (T->isPointerType())
    T = T->getPointeeType();
  if (auto Erased = CursorLowering(*this).call(C))
    return *Erased;
  if (auto Call = modelOf(C))
    return modelled(*Call);
  if (F->getParent()->isLambda() && isa<CXXConversionDecl>(F))
    return value(Object); // As a pointer to a function it is what it was.
  if (F->getParent()->isLambda())
    return callThrough(value(Object), F->getType()->getAs<FunctionProtoType>(), Args, C);
  const auto *Callee = dyn_cast<MemberExpr>(C.getCallee()->IgnoreParens());
  bool Virtual = F->isVirtual() && !(Callee && Callee->hasQualifier()) && !F->hasAttr<FinalAttr>();
  if (Virtual && !isSystem(*F) && form(T).is(Form::Record)) {
    Operand This = objectArgument(*Object);
    const RecordDecl &Class = *T->getAsRecordDecl();
    if (U.isOwn(*F))
      return callOwn(*F, This, &Class, Args, C);
    llvm::SmallVector<Operand, 4> Passed{This};
    for (unsigned I = 0; I < Args.size() && I < F->getNumParams(); ++I)
      Passed.push_back(argument(*Args[I], F->getParamDecl(I)->getType()));
    return E.call(Op::CallVirtual, Passed, at(C), U.virtualCallee(*F, Class), U.Throwing(*F));
  }
  if (U.isOwn(*F) && !form(T).is(Form::Nothing))
    return callOwn(*F, F->isInstance() ? std::optional(objectArgument(*Object)) : std::nullopt,
                   /*Virtual=*/nullptr, Args, C);
  if (auto Changed = TextLowering(*this).change(*F, *Object, Args, C))
    return *Changed;
  return callUnknown(F, Object, Args, C);
}

Operand FunctionLowering::operatorCall(const CXXOperatorCallExpr &C) {
  const FunctionDecl *F = C.getDirectCallee();
  ArrayRef<const Expr *> Args(C.getArgs(), C.getNumArgs());
  if (!F) {
    evaluateChildren(C);
    return unknownValue(C);
  }
  if (auto Moved = CursorLowering(*this).call(C))
    return *Moved;
  if (auto Call = modelOf(C))
    return modelled(*Call);
  if (C.isComparisonOp())
    if (auto Test = askClock(BinaryOperator::getOverloadedOpcode(C.getOperator()), *Args[0],
                             *Args[1], C))
      return *Test;
  if (auto Compared = TextLowering(*this).compare(C))
    return *Compared;
  if (auto Joined = TextLowering(*this).join(C))
    return *Joined;
  if (auto Compared = comparePointers(C))
    return *Compared;
  if (auto Compared = OptionalLowering(*this).compare(C))
    return *Compared;
  if (auto Compared = StatusLowering(*this).compare(C))
    return *Compared;
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  if (!Method || Method->isStatic())
    return U.isOwn(*F) ? callOwn(*F, std::nullopt, nullptr, Args, C)
                       : callUnknown(F, nullptr, Args, C);
  const Expr *Object = Args[0];
  QualType T = Object->IgnoreParenImpCasts()->getType();
  if (Method->getParent()->isLambda() && C.getOperator() == OO_Call)
    return callThrough(value(Object), F->getType()->getAs<FunctionProtoType>(), Args.drop_front(),
                       C);
  bool Assigns = C.getOperator() == OO_Equal && Args.size() == 2;
  bool IsOwnAssignment = form(T).is(Form::Record) && Method->isUserProvided() &&
                         !isPair(*Method->getParent());
  if (Assigns && !IsOwnAssignment) {
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
    } else if (Shape.is(Form::Variant) && !form(Args[1]->getType()).is(Form::Variant)) {
      V = VariantLowering(*this).make(T, Args[1], F, C);
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
    return callOwn(*F, objectArgument(*Object), nullptr, Args.drop_front(), C);
  if (auto Changed = TextLowering(*this).change(*F, *Object, Args.drop_front(), C))
    return *Changed;
  TypeForm Shape = form(T);
  // Comparing handles and smart pointers with null or with each other.
  auto IsEqual = holdsOfEqual(C.getOperator());
  if (IsEqual && Shape.isValue() && Args.size() == 2 && !Shape.is(Form::Nothing))
    return arithmetic(*IsEqual ? Op::Eq : Op::Ne, value(Args[0]), value(Args[1]), C);
  return callUnknown(F, Object, Args.drop_front(), C);
}

} // namespace taskleak
