// Library calls that only carry values: smart pointers, move and ref, bind and
// invoke, containers, atomics.

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::same(const ModelledCall &C) {
  const Expr *Value = C.Row.Value >= 0 ? C.arg(C.Row.Value) : nullptr;
  if (!Value)
    Value = C.Object;
  if (!Value)
    return Operand::unknown();
  if (form(Value->getType()).is(Form::Guard) && !form(C.Site.getType()).is(Form::Guard))
    return guardedLock(reference(Value), at(C.Site)); // unique_lock::mutex()
  // ref(X) and addressof(X) refer to X; move(X) and P.get() are the value itself.
  QualType Result = C.Site.getType();
  bool Wraps = form(Result).is(Form::Pointer) && !form(Value->getType()).is(Form::Pointer);
  bool Points = Result->isPointerType() && !form(Value->getType()).isValue();
  if (C.Site.isGLValue() && form(Value->getType()).isValue() &&
      !form(Value->getType()).is(Form::Pointer))
    return reference(Value);
  Operand Given = Wraps || Points || form(Value->getType()).isObject() ? reference(Value)
                                                                       : value(Value);
  // Another owner: lock() of a weak pointer, shared_from_this(), a pointer cast.
  if (C.Site.isPRValue() && form(Result).is(Form::Pointer) && form(Result).Row->Shared &&
      U.needsDestruction(Result))
    E.act(Op::Retain, {Given}, at(C.Site));
  return Given;
}

Operand FunctionLowering::makeOwner(const ModelledCall &C) {
  const auto *Args = C.Callee.getTemplateSpecializationArgs();
  if (!Args || Args->size() == 0 || Args->get(0).getKind() != TemplateArgument::Type)
    return unknownValue(C.Site);
  QualType T = Args->get(0).getAsType();
  TypeForm Shape = form(T);
  SourceRange Here = C.Site.getSourceRange();
  Operand Made = Operand::unknown();
  const auto *Record = T->getAsCXXRecordDecl();
  if (Shape.is(Form::Record) && Record && Record->hasDefinition()) {
    Made = makeRecord(*Record, Here);
    if (const CXXConstructorDecl *Constructor = constructorFor(*Record->getDefinition(), C.Args))
      callOwn(*Constructor, Made, false, C.Args, C.Site);
    else if (C.Args.size() == 0)
      defaultFields(*Record->getDefinition(), Made, Here);
    else
      E.act(Op::Escape, {Made}, at(C.Site));
  } else if (Shape.is(Form::Object) || Shape.is(Form::Executor)) {
    Made = makeObject(*Shape.Row, constructorCapacity(*Shape.Row, T, C.Args), {}, Here);
  } else if (Shape.isObject()) {
    for (const Expr *A : C.Args)
      value(A);
    Made = makeDefault(T, Shape, {}, Here);
  } else {
    Operand First = Operand::null();
    for (const Expr *A : C.Args)
      First = Shape.is(Form::Callable) ? callable(A) : value(A);
    if (const CXXRecordDecl *R = T->getAsCXXRecordDecl(); R && Shape.Row && !C.Args.empty())
      First = handleFrom(*Shape.Row, *R, C);
    Made = E.value(Op::Cell, {First}, at(C.Site), text(C.Site));
  }
  if (U.needsDestruction(C.Site.getType()) && form(C.Site.getType()).Row &&
      form(C.Site.getType()).Row->Shared)
    E.act(Op::Retain, {Made}, at(C.Site));
  return Made;
}

/// make_unique<std::thread>(F): the handle's constructor row, applied to the same arguments.
Operand FunctionLowering::handleFrom(const TypeModel &Type, const CXXRecordDecl &Record,
                                     const ModelledCall &C) {
  for (const CallModel *Row : U.constructors(Type))
    if (Row->Role == CallRole::Spawn && !(Row->Args && *Row->Args != C.Args.size()))
      return modelledNow({*Row, C.Site, C.Callee, nullptr, C.Args});
  return Operand::unknown();
}

Operand FunctionLowering::constructorCapacity(const TypeModel &Type, QualType T,
                                              ArrayRef<const Expr *> Args) {
  for (const CallModel *Row : U.constructors(Type))
    if (Row->Role == CallRole::Make && (!Row->Args || *Row->Args == Args.size()))
      return capacity(Row->Count, Args, T);
  return capacity(Type.Capacity, Args, T);
}

const CXXConstructorDecl *FunctionLowering::constructorFor(const CXXRecordDecl &Record,
                                                           ArrayRef<const Expr *> Args) {
  const CXXConstructorDecl *Only = nullptr;
  for (const CXXConstructorDecl *Constructor : Record.ctors()) {
    if (Constructor->isCopyOrMoveConstructor() || Constructor->isDeleted() ||
        Constructor->getMinRequiredArguments() > Args.size() ||
        Constructor->getNumParams() < Args.size() || !U.isOwn(*Constructor))
      continue;
    if (Only)
      return nullptr; // Which one is the compiler's business.
    Only = Constructor;
  }
  return Only;
}

Operand FunctionLowering::modelledPointer(const ModelledCall &C) {
  Place Here = at(C.Site);
  switch (C.Row.Role) {
  case CallRole::Same: return same(C);
  case CallRole::MakeOwner: return makeOwner(C);
  case CallRole::PointerReset:
  case CallRole::PointerRelease: {
    Storage Handle = targetPlace(C);
    Operand Old = E.value(Op::Move, {load(Handle, C.Site.getSourceRange())}, Here);
    Operand New = C.arg(C.Row.Value) ? value(C.arg(C.Row.Value)) : Operand::null();
    store(Handle, New, C.Site.getSourceRange());
    QualType T = C.Object ? C.Object->IgnoreParenImpCasts()->getType() : QualType();
    if (C.Row.Role == CallRole::PointerReset && !T.isNull() && U.needsDestruction(T))
      destroy(T, Old, C.Site.getSourceRange(), {});
    return Old;
  }
  case CallRole::Swap: {
    Storage A = targetPlace(C);
    const Expr *Other = C.arg(C.Row.Value);
    if (!Other)
      return Operand::unknown();
    Storage B = place(Other);
    SourceRange Range = C.Site.getSourceRange();
    Operand First = E.value(Op::Move, {load(A, Range)}, Here);
    Operand Second = E.value(Op::Move, {load(B, Range)}, Here);
    if (A.K == Storage::Kind::Object || B.K == Storage::Kind::Object) {
      exchangeObjects(A, B, C.Site);
      return Operand::unknown();
    }
    store(A, Second, Range);
    store(B, First, Range);
    return Operand::unknown();
  }
  case CallRole::Bind: {
    const Expr *What = C.arg(C.Row.Callable >= 0 ? C.Row.Callable : 0);
    if (!What)
      return Operand::unknown();
    llvm::SmallVector<Operand, 4> Parts{callable(What)};
    for (unsigned I = 1; I < C.Args.size(); ++I) {
      TypeForm Shape = form(C.Args[I]->getType());
      Parts.push_back(Shape.is(Form::Nothing) ? Operand::unknown() : value(C.Args[I]));
    }
    return E.value(Op::Closure, Parts, Here, text(C.Site));
  }
  case CallRole::Invoke: {
    if (const Expr *What = C.arg(C.Row.Callable))
      return callThrough(callable(What), nullptr, C.Args.drop_front(C.Row.Callable + 1), C.Site);
    return invokeObject(C);
  }
  default:
    for (const Expr *A : C.Args)
      value(A);
    if (C.Row.Count.Value) // Always the same: the condition that ends a macro's do-while.
      return Operand::integer(*C.Row.Count.Value);
    return result(&C.Callee, C.Site, {});
  }
}

/// Calls a std::function, or runs a packaged task and settles its event.
Operand FunctionLowering::invokeObject(const ModelledCall &C) {
  Operand Object = target(C);
  const TypeModel *Row = C.Object ? form(C.Object->IgnoreParenImpCasts()->getType()).Row : nullptr;
  if (!Row || !isPackaged(*Row))
    return callThrough(Object, nullptr, C.Args, C.Site);
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
  Operand Task = E.value(Op::Move, {Given.isGLValue() ? load(From, Here) : value(&Given)}, at(Here));
  if (Given.isXValue())
    store(From, Operand::null(), Here);
  FunctionId Run = U.synthesize("run packaged task", "packaged task", [&Unit = U](Function Start) {
    return FunctionLowering(Unit, std::move(Start)).lowerRunPackaged();
  });
  return E.value(Op::Closure, {Operand::function(Run), Task}, at(Here));
}

/// Two containers trade places where they are held: in fields or variables.
void FunctionLowering::exchangeObjects(const Storage &A, const Storage &B, const Expr &Site) {
  Place Here = at(Site);
  Operand Kept = E.value(Op::Copy, {A.Where}, Here);
  auto Fill = [&](Operand To, Operand From) {
    E.act(Op::Clear, {To}, Here);
    BlockId Head = E.newBlock(), Body = E.newBlock(), After = E.newBlock();
    E.jump(Head);
    E.enter(Head);
    Operand Size = E.value(Op::Size, {From}, Here);
    E.branch(E.value(Op::Lt, {Operand::integer(0), Size}, Here), Body, After, Here, "more elements");
    E.enter(Body);
    E.act(Op::Append, {To, E.value(Op::TakeFirst, {From}, Here)}, Here);
    E.jump(Head);
    E.enter(After);
  };
  Fill(A.Where, B.Where);
  Fill(B.Where, Kept);
}

Operand FunctionLowering::modelledContainer(const ModelledCall &C) {
  Place Here = at(C.Site);
  Operand Sequence = target(C);
  QualType T = C.Object ? C.Object->IgnoreParenImpCasts()->getType() : QualType();
  if (!T.isNull() && T->isPointerType())
    T = T->getPointeeType();
  QualType Element = T.isNull() ? QualType() : Forms::element(T);
  TypeForm Shape = form(Element);
  auto Refer = [&](Operand Index) {
    Operand Value = E.value(Op::At, {Sequence, Index}, Here);
    if (Shape.isObject() || !C.Site.isGLValue())
      return Value;
    Elements[&C.Site] = Storage::element(Sequence, Index);
    return Value;
  };
  switch (C.Row.Role) {
  case CallRole::Append:
  case CallRole::Prepend: {
    Operand Value = elementFrom(C, C.Args, Element);
    E.act(C.Row.Role == CallRole::Append ? Op::Append : Op::Prepend, {Sequence, Value}, Here);
    if (!C.Site.isGLValue())
      return Operand::unknown();
    return Refer(Operand::integer(C.Row.Role == CallRole::Append ? -1 : 0));
  }
  case CallRole::TakeFirst:
  case CallRole::TakeLast: {
    Operand Value = E.value(C.Row.Role == CallRole::TakeFirst ? Op::TakeFirst : Op::TakeLast,
                            {Sequence}, Here);
    if (!Element.isNull() && C.Site.getType()->isVoidType() && U.needsDestruction(Element))
      destroy(Element, Value, C.Site.getSourceRange(), {});
    return Value;
  }
  case CallRole::First: return Refer(Operand::integer(0));
  case CallRole::Last: return Refer(Operand::integer(-1));
  case CallRole::At: return Refer(C.Args.empty() ? Operand::unknown() : value(C.Args[0]));
  case CallRole::Size: return E.value(Op::Size, {Sequence}, Here, text(C.Site));
  case CallRole::Empty: {
    Operand Size = E.value(Op::Size, {Sequence}, Here);
    return E.value(Op::Eq, {Size, Operand::integer(0)}, Here, text(C.Site));
  }
  case CallRole::Clear:
    destroyElements(Element, Sequence);
    E.act(Op::Clear, {Sequence}, Here);
    return Operand::unknown();
  default: return Operand::unknown();
  }
}

/// The element that push_back(V) or emplace_back(Args...) adds.
Operand FunctionLowering::elementFrom(const ModelledCall &C, ArrayRef<const Expr *> Args,
                                      QualType Element) {
  if (Element.isNull() || form(Element).is(Form::Nothing)) {
    for (const Expr *A : Args)
      value(A);
    return Operand::unknown();
  }
  TypeForm Shape = form(Element);
  const Expr *Only = Args.size() == 1 ? Args[0] : nullptr;
  bool SameType = Only && U.Context.hasSameUnqualifiedType(
                              Only->getType().getNonReferenceType(), Element);
  SourceRange Here = C.Site.getSourceRange();
  if (SameType && Shape.isObject())
    return copyOf(*Only, Element, Only->isXValue(), Here);
  if (SameType) {
    Storage From = Only->isGLValue() ? place(Only) : Storage{};
    Operand Value = Only->isGLValue() ? load(From, Here) : value(Only);
    Value = E.value(Op::Move, {Value}, at(C.Site));
    if (Only->isXValue() && !isa<MaterializeTemporaryExpr>(Only->IgnoreParenImpCasts()) &&
        !Shape.is(Form::Scalar))
      store(From, Operand::null(), Here);
    else if (Shape.is(Form::Pointer) && Shape.Row->Shared && U.needsDestruction(Element) &&
             !isa<MaterializeTemporaryExpr>(Only->IgnoreParenImpCasts()))
      E.act(Op::Retain, {Value}, at(C.Site));
    return Value;
  }
  if (Shape.is(Form::Callable) && Only)
    return callable(Only, true);
  if (Shape.is(Form::Handle))
    if (const CXXRecordDecl *R = Element->getAsCXXRecordDecl())
      return Args.empty() ? Operand::null() : handleFrom(*Shape.Row, *R, {C.Row, C.Site, C.Callee, C.Object, Args});
  if (const auto *Record = Element->getAsCXXRecordDecl(); Shape.is(Form::Record) && Record) {
    Operand Made = makeRecord(*Record, Here);
    if (const CXXConstructorDecl *Constructor = constructorFor(*Record->getDefinition(), Args))
      callOwn(*Constructor, Made, false, Args, C.Site);
    else if (Args.empty())
      defaultFields(*Record->getDefinition(), Made, Here);
    return Made;
  }
  return Only ? value(Only) : makeDefault(Element, Shape, {}, Here);
}

Operand FunctionLowering::modelledAtomic(const ModelledCall &C) {
  Place Here = at(C.Site);
  Operand Cell = target(C);
  auto Value = [&] {
    const Expr *V = C.arg(C.Row.Value);
    return V ? value(V) : Operand::integer(C.Row.Count.Value.value_or(1));
  };
  switch (C.Row.Role) {
  case CallRole::AtomicLoad: return E.value(Op::Get, {Cell}, Here, text(C.Site));
  case CallRole::AtomicStore: {
    Operand New = Value();
    E.act(Op::Put, {Cell, New}, Here);
    return New;
  }
  case CallRole::AtomicExchange: {
    Operand New = Value();
    Operand Old = E.value(Op::Get, {Cell}, Here, text(C.Site));
    E.act(Op::Put, {Cell, New}, Here);
    return Old;
  }
  case CallRole::AtomicAdd:
  case CallRole::AtomicSub: {
    Operand By = C.arg(C.Row.Count.Param) ? value(C.arg(C.Row.Count.Param))
                 : C.Row.Value >= 0       ? Value()
                                          : Operand::integer(1);
    Operand Old = E.value(Op::Get, {Cell}, Here, text(C.Site));
    Operand New = E.value(C.Row.Role == CallRole::AtomicAdd ? Op::Add : Op::Sub, {Old, By}, Here);
    E.act(Op::Put, {Cell, New}, Here);
    // ++A yields the new value, A++ and fetch_add the old one.
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&C.Site);
    bool Prefix = Operator && Operator->getNumArgs() == 1;
    return Prefix || C.Row.Yields == "value" ? New : Old;
  }
  case CallRole::AtomicCompareExchange: {
    const Expr *Expected = C.arg(0);
    const Expr *Desired = C.arg(1);
    if (!Expected || !Desired)
      return unknownValue(C.Site);
    Storage Want = place(Expected);
    Operand New = value(Desired);
    Operand Old = E.value(Op::Get, {Cell}, Here);
    Operand Equal = E.value(Op::Eq, {Old, load(Want, Expected->getSourceRange())}, Here, text(C.Site));
    BlockId Hit = E.newBlock(), Miss = E.newBlock(), After = E.newBlock();
    E.branch(Equal, Hit, Miss, Here, text(C.Site));
    E.enter(Hit);
    E.act(Op::Put, {Cell, New}, Here);
    E.jump(After);
    E.enter(Miss);
    store(Want, Old, Expected->getSourceRange());
    E.jump(After);
    E.enter(After);
    return Equal;
  }
  case CallRole::AtomicWait: return atomicWait(C);
  case CallRole::AtomicNotify: {
    E.act(Op::Notify, {Cell}, Here, nameOf(C.Object)).Flag.set(Flag::All, C.Row.Flag.has(Flag::All));
    return Operand::unknown();
  }
  default: return Operand::unknown();
  }
}

/// A.wait(Old): waits while the value is Old, until a notify finds it changed.
Operand FunctionLowering::atomicWait(const ModelledCall &C) {
  Place Here = at(C.Site);
  Operand Cell = target(C);
  Operand Old = C.arg(0) ? value(C.arg(0)) : Operand::integer(0);
  BlockId Head = E.newBlock(), Sleep = E.newBlock(), After = E.newBlock();
  E.jump(Head);
  E.enter(Head);
  // Testing and beginning to wait are one step: the operand after the cell is what it must still be.
  Operand Now = E.value(Op::Get, {Cell}, Here);
  Operand Same = E.value(Op::Eq, {Now, Old}, Here, text(C.Site));
  E.branch(Same, Sleep, After, Here, text(C.Site));
  E.enter(Sleep);
  E.act(Op::Wait, {Cell, Operand::null(), Old}, Here, nameOf(C.Object));
  E.jump(Head);
  E.enter(After);
  return Operand::unknown();
}

} // namespace taskleak
