// What can be called: lambdas, function objects, packaged tasks, what std::function
// and std::bind keep of them, and calls through them.
//   on_ready_ = [this] { wake(); };  on_ready_();

#include "lower/Bare.h"
#include "lower/ClassEnds.h"
#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

const CXXMethodDecl *lambdaBody(const Expr &Lambda) {
  const auto *Record = Lambda.IgnoreParenImpCasts()->getType()->getAsCXXRecordDecl();
  return Record && Record->isLambda() ? Record->getLambdaCallOperator() : nullptr;
}

/// What a task or a std::function is given to run.
Operand FunctionLowering::callable(const Expr *Expression, bool OwnsCaptures) {
  const Expr *Bare = Expression;
  for (;;) {
    Bare = bare(Bare);
    if (const auto *Functional = dyn_cast<CXXFunctionalCastExpr>(Bare))
      Bare = Functional->getSubExpr();
    else if (const auto *Made = dyn_cast<CXXConstructExpr>(Bare);
             Made && Made->getNumArgs() == 1 && form(Made->getType()).is(Form::Callable) &&
             !U.Rows.call(*Made->getConstructor(), Made->getType(), {Made->getArgs(), 1}))
      Bare = Made->getArg(0);
    else
      break;
  }
  if (const auto *L = dyn_cast<LambdaExpr>(Bare))
    return lambda(*L, OwnsCaptures);
  QualType T = Bare->getType();
  if (T->isPointerType())
    T = T->getPointeeType();
  if (Bare->getType()->isPointerType() && form(T).is(Form::Callable) && !T->isFunctionType())
    return load(Storage::through(value(Bare)), Bare->getSourceRange()); // A functor's address.
  if (form(T).is(Form::Handle) && isPackaged(*form(T).Row))
    return packagedCallable(*Bare);
  // A class with a call operator: a closure over a copy of it, or over what std::ref names.
  bool Refers = form(T).is(Form::Pointer) && form(Forms::element(T)).is(Form::Record);
  if (!Refers && !form(T).is(Form::Record))
    return value(Bare);
  const auto *Record = (Refers ? Forms::element(T) : T)->getAsCXXRecordDecl();
  Operand Object = Refers ? value(Bare) : initialize(T, Expression, {}, Bare->getSourceRange());
  for (const CXXMethodDecl *Method : Record->getDefinition()->methods())
    if (Method->getOverloadedOperator() == OO_Call && U.isOwn(*Method)) {
      FunctionId Id = U.function(*Method);
      U.body(Id).Called = true;
      if (!Refers && !OwnsCaptures && endMatters(U, T))
        E.act(Op::Escape, {Object}, at(*Expression));
      return E.value(Op::Closure, {Operand::function(Id), Object}, at(*Expression));
    }
  E.act(Op::Escape, {Object}, at(*Expression));
  return Operand::unknown();
}

/// `(disk->*operation)(block, done)`
Operand FunctionLowering::callThroughMember(const BinaryOperator &Member,
                                            ArrayRef<const Expr *> Args, const Expr &Site) {
  Operand Callee = value(Member.getRHS()), Object = objectArgument(*Member.getLHS());
  const auto *Pointer = Member.getRHS()->getType()->getAs<MemberPointerType>();
  const auto *Type = Pointer ? Pointer->getPointeeType()->getAs<FunctionProtoType>() : nullptr;
  return callThrough({Callee, Object}, Type, Args, Site);
}

FunctionId FunctionLowering::dispatcher(const CXXMethodDecl &Method) {
  std::string Key = methodKey(Method);
  unsigned Params = Method.getNumParams() + 1;
  return U.synthesize(
      "dispatch " + Key, Method.getNameAsString(), [Key, Params](Function Start) {
        Emitter Body(std::move(Start));
        llvm::SmallVector<Operand, 4> Passed;
        for (unsigned I = 0; I < Params; ++I)
          Passed.push_back(Operand::slot(Body.newSlot()));
        Operand Result = Body.value(Op::CallVirtual, Passed, {}, Key);
        Body.act(Op::Return, {Result}, {});
        Function Made = Body.take();
        Made.Params = Params;
        return Made;
      });
}

/// std::bind(F, A...); absl::Condition has the object in front of its method, too.
Operand FunctionLowering::bindArguments(const ModelledCall &C) {
  llvm::SmallVector<const Expr *, 4> Args(C.Args);
  unsigned First = std::max(C.Row.Callable, 0);
  if (First >= Args.size())
    return Operand::unknown();
  if (Args.size() == 2 && Args[1]->getType()->isMemberFunctionPointerType())
    std::swap(Args[0], Args[1]);
  const Expr &What = *Args[First];
  llvm::SmallVector<Operand, 4> Parts;
  QualType Pointee = What.getType()->getPointeeType();
  if (!Pointee.isNull() && Pointee->isBooleanType()) { // A flag, to be read.
    FunctionId Read = U.synthesize("read flag", "flag", [&Unit = U](Function Start) {
      return FunctionLowering(Unit, std::move(Start)).lowerReadFlag();
    });
    Parts = {Operand::function(Read), value(&What)};
  } else {
    Parts.push_back(callable(&What));
  }
  llvm::SmallVector<Operand, 4> Owned;
  for (unsigned I = First + 1; I < Args.size(); ++I) {
    QualType T = Args[I]->getType().getUnqualifiedType();
    bool IsOwner = endMatters(U, T);
    Parts.push_back(form(T).is(Form::Nothing) ? Operand::unknown()
                    : IsOwner || form(T).is(Form::Pointer)
                        ? given(*Args[I], T, Args[I]->getSourceRange())
                        : value(Args[I]));
    if (IsOwner)
      keepOwned(U, E, T, Parts.back(), Owned, at(C.Site));
  }
  Operand Closure = E.value(Op::Closure, Parts, at(C.Site), text(C.Site));
  for (Operand Part : Owned)
    E.act(Op::Own, {Closure, Part}, at(C.Site));
  return Closure;
}

Function FunctionLowering::lowerReadFlag() {
  Operand Flag = Operand::slot(E.newSlot("flag"));
  E.act(Op::Return, {E.value(Op::Get, {Flag}, {})}, {});
  Function Fn = E.take();
  Fn.Params = Fn.Captures = 1;
  return Fn;
}

/// Calls a std::function, or runs a packaged task and settles its event.
Operand FunctionLowering::invokeObject(const ModelledCall &C) {
  Operand Object = target(C);
  const TypeModel *Row = C.Object ? form(C.Object->IgnoreParenImpCasts()->getType()).Row : nullptr;
  if (!Row || !isPackaged(*Row))
    return callThrough(Object, C.Callee.getType()->getAs<FunctionProtoType>(), C.Args, C.Site);
  llvm::SmallVector<Operand, 4> Args;
  for (const Expr *A : C.Args)
    Args.push_back(argument(*A, A->getType()));
  runPackaged(Object, Args, at(C.Site));
  return Operand::unknown();
}

void FunctionLowering::runPackaged(Operand Task, ArrayRef<Operand> Args, Place Here) {
  Operand Run = E.value(Op::Load, {Task}, Here, "run");
  Operand Event = E.value(Op::Load, {Task}, Here, "event");
  BlockId Failed = E.newBlock(), After = E.newBlock();
  size_t Depth = E.depth();
  E.pushHandler(Failed);
  llvm::SmallVector<Operand, 4> Passed{Run};
  Passed.append(Args.begin(), Args.end());
  Operand Value = E.value(Op::CallClosure, Passed, Here);
  E.act(Op::Fulfil, {Event, Value}, Here);
  E.jump(After);
  E.forgetTo(Depth);
  E.enter(Failed);
  E.act(Op::Fulfil, {Event}, Here).Flag.set(Flag::Fails);
  E.jump(After);
  E.enter(After);
}

Function FunctionLowering::lowerRunPackaged() {
  SlotId Task = E.newSlot("task");
  runPackaged(Operand::slot(Task), {}, {});
  E.act(Op::Return, {Operand::unknown()}, {});
  Function Fn = E.take();
  Fn.Params = Fn.Captures = 1;
  return Fn;
}

/// A packaged task that is handed to a thread or a std::function.
Operand FunctionLowering::packagedCallable(const Expr &Given) {
  Storage From = Given.isGLValue() ? place(&Given) : Storage{};
  SourceRange Here = Given.getSourceRange();
  Operand Task =
      E.value(Op::Move, {Given.isGLValue() ? load(From, Here) : value(&Given)}, at(Here));
  if (Given.isXValue())
    store(From, Operand::null(), Here);
  FunctionId Run = U.synthesize("run packaged task", "packaged task", [&Unit = U](Function Start) {
    return FunctionLowering(Unit, std::move(Start)).lowerRunPackaged();
  });
  return E.value(Op::Closure, {Operand::function(Run), Task}, at(Here));
}

} // namespace taskleak
