// Library calls that only carry values: smart pointers, move, ref and swap.
//   auto S = std::make_shared<Session>();  auto *P = S.get();  S.reset();

#include "lower/LockLowering.h"
#include "lower/OptionalLowering.h"
#include "lower/TaskLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::same(const ModelledCall &C) {
  const Expr *Value = C.Row.Value >= 0 ? C.arg(C.Row.Value) : nullptr;
  if (!Value)
    Value = C.Object;
  if (!Value)
    return Operand::unknown();
  // The operator may be a base's: shared_ptr's stand in __shared_ptr_access.
  Value = Value->IgnoreParenBaseCasts();
  if (form(Value->getType()).is(Form::Guard) && !form(C.Site.getType()).is(Form::Guard))
    return LockLowering(*this).lockOf(reference(Value), at(C.Site)); // unique_lock::mutex()
  // ref(X) and addressof(X) refer to X; move(X) and P.get() are the value itself.
  QualType Result = C.Site.getType();
  bool IsThis = C.Row.Value < 0 && Value->getType()->isPointerType(); // shared_from_this()
  bool Wraps = !IsThis && !Value->getType()->isPointerType() && form(Result).is(Form::Pointer) &&
               !form(Value->getType()).is(Form::Pointer);
  bool Points = Result->isPointerType() && !form(Value->getType()).isValue();
  if (C.Site.isGLValue() && form(Value->getType()).isValue() &&
      !form(Value->getType()).is(Form::Pointer))
    return reference(Value);
  Operand Given =
      Wraps || Points || form(Value->getType()).isObject() ? reference(Value) : value(Value);
  // Another owner: lock() of a weak pointer, shared_from_this(), a pointer cast.
  if (C.Site.isPRValue() && form(Result).is(Form::Pointer) && form(Result).Row->Shared &&
      U.needsDestruction(Result))
    E.act(Op::Retain, {Given}, at(C.Site));
  // Where the wrapped handler goes from here is not followed: auto h = bind_executor(strand, f);
  if (form(Result).is(Form::Nothing) && form(Value->getType()).is(Form::Callable))
    leaveForeign(Given, C);
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
  const Expr *Only = C.Args.size() == 1 ? C.Args[0] : nullptr;
  bool Copies = Only && Shape.isObject() &&
                U.Context.hasSameUnqualifiedType(Only->getType().getNonReferenceType(), T);
  if (Copies && (Shape.is(Form::Record) || Shape.is(Form::Sequence))) {
    Made = given(*Only, T, Here);
  } else if (Shape.is(Form::Record) && Record && Record->hasDefinition()) {
    Made = makeRecord(*Record, Here);
    constructFrom(*Record->getDefinition(), Made, C.Args, C.Site);
  } else if (Shape.is(Form::Object) || Shape.is(Form::Executor)) {
    Made = makeObject(*Shape.Row, constructorCapacity(*Shape.Row, T, C.Args), {}, Here);
  } else if (Shape.is(Form::Atomic) && C.Args.size() == 1) {
    Made = E.value(Op::Cell, {value(C.Args[0])}, at(C.Site), text(C.Site));
  } else if (Shape.isObject()) {
    for (const Expr *A : C.Args)
      value(A);
    Made = makeDefault(T, Shape, {}, Here);
    if (!C.Args.empty()) // So many elements, or those of another.
      leaveForeign(Made, C);
  } else {
    Made = held(C, T);
  }
  if (U.needsDestruction(C.Site.getType()) && form(C.Site.getType()).Row &&
      form(C.Site.getType()).Row->Shared)
    E.act(Op::Retain, {Made}, at(C.Site));
  return Made;
}

/// make_unique<std::thread>(F), optional<std::stop_callback<F>>::emplace(token, f): the handle's
/// constructor row, applied to the same arguments.
Operand FunctionLowering::handleFrom(const TypeModel &Type, const CXXRecordDecl &Record,
                                     const ModelledCall &C) {
  for (const CallModel *Row : U.constructors(Type))
    if ((Row->Role == CallRole::Spawn || Row->Role == CallRole::Package ||
         Row->Role == CallRole::OnRequest) &&
        U.fits(*Row, C.Args))
      return modelledNow({*Row, C.Site, C.Callee, nullptr, C.Args});
  for (const Expr *A : C.Args)
    leaveForeign(value(A), C);
  return Operand::unknown();
}

Operand FunctionLowering::constructorCapacity(const TypeModel &Type, QualType T,
                                              ArrayRef<const Expr *> Args) {
  for (const CallModel *Row : U.constructors(Type))
    if (Row->Role == CallRole::Make && (!Row->Args || *Row->Args == Args.size()))
      return capacity(Row->Count, Args, T);
  return capacity(Type.Capacity, Args, T);
}

/// std::exchange(Jobs, {}): sets its first argument to the second, yields what it was.
Operand FunctionLowering::exchange(const ModelledCall &C) {
  const Expr *What = C.arg(C.Row.Object), *With = C.arg(C.Row.Value);
  if (!What || !With)
    return unknownValue(C.Site);
  QualType T = What->getType();
  SourceRange Range = C.Site.getSourceRange();
  if (form(T).isObject()) {
    Operand Old = copyOf(*What, T, /*Moves=*/true, Range);
    assignTo(*What, copyOf(*With, T, /*Moves=*/true, Range), Range);
    return Old;
  }
  Storage To = place(What);
  Operand Old = E.value(Op::Move, {load(To, Range)}, at(C.Site));
  std::optional<Operand> Held =
      form(T).is(Form::Pointer) ? optionalFrom(*With, T) : std::nullopt;
  store(To, Held ? *Held : value(With), Range);
  return Old;
}

/// std::placeholders::_1
static bool isPlaceholder(const Expr *Arg) {
  const auto *Record = Arg->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->isInStdNamespace() && Record->getIdentifier() &&
         Record->getName() == "_Placeholder";
}

/// What an optional or an owner points at, made of the call's arguments.
Operand FunctionLowering::held(const ModelledCall &C, QualType Element) {
  Operand Value = elementFrom(C, C.Args, Element);
  bool IsObject = !Element.isNull() && form(Element).isObject();
  return IsObject ? Value : E.value(Op::Cell, {Value}, at(C.Site), text(C.Site));
}

Operand FunctionLowering::modelledPointer(const ModelledCall &C) {
  Place Here = at(C.Site);
  switch (C.Row.Role) {
  case CallRole::Same:
    return same(C);
  case CallRole::MakeOwner:
    return makeOwner(C);
  case CallRole::ValueOr:
    return OptionalLowering(*this).valueOr(C);
  case CallRole::PointerReset:
  case CallRole::PointerRelease: {
    Storage Handle = targetPlace(C);
    Operand Old = E.value(Op::Move, {load(Handle, C.Site.getSourceRange())}, Here);
    QualType T = C.Object ? C.Object->IgnoreParenImpCasts()->getType() : QualType();
    Operand New = C.Row.Constructs     ? held(C, Forms::element(T))
                  : C.arg(C.Row.Value) ? value(C.arg(C.Row.Value))
                                       : Operand::null();
    store(Handle, New, C.Site.getSourceRange());
    if (C.Row.Role == CallRole::PointerReset && !T.isNull() && U.needsDestruction(T))
      destroy(T, Old, C.Site.getSourceRange(), {});
    return C.Row.Constructs ? New : Old;
  }
  case CallRole::Swap: {
    const Expr *Other = C.arg(C.Row.Value), *One = C.arg(C.Row.Object);
    if (!Other)
      return Operand::unknown();
    Storage A = One ? place(One) : targetPlace(C);
    Storage B = place(Other);
    SourceRange Range = C.Site.getSourceRange();
    Operand First = E.value(Op::Move, {load(A, Range)}, Here);
    Operand Second = E.value(Op::Move, {load(B, Range)}, Here);
    if (A.K == Storage::Kind::Object || B.K == Storage::Kind::Object) {
      exchangeObjects(A, B, C);
      return Operand::unknown();
    }
    store(A, Second, Range);
    store(B, First, Range);
    return Operand::unknown();
  }
  case CallRole::Exchange:
    return exchange(C);
  case CallRole::Bind: {
    Operand Bound = bindArguments(C);
    if (!llvm::any_of(C.Args, isPlaceholder))
      return Bound;
    // What comes in place of it, and in which order, is not followed.
    E.act(Op::Escape, {Bound}, at(C.Site));
    return Operand::unknown();
  }
  case CallRole::Invoke: {
    const Expr *What = C.arg(C.Row.Callable);
    if (What && C.Row.Arg >= 0)
      return callThrough(callable(What), nullptr, C.Args.slice(C.Row.Arg, 1), C.Site);
    if (What && C.Row.Object >= 0)
      return invokeOnce(C, *What);
    if (What)
      return callThrough(callable(What), nullptr, C.Args.drop_front(C.Row.Callable + 1), C.Site);
    return invokeObject(C);
  }
  case CallRole::Keep:
    return TaskLowering(*this).keepAll(C);
  default:
    for (const Expr *A : C.Args)
      value(A);
    if (C.Row.Count.Value) // Always the same: the condition that ends a macro's do-while.
      return Operand::integer(*C.Row.Count.Value);
    if (C.Row.Yields == "foreign")
      return foreignValue(C.Site);
    return result(&C.Callee, C.Site, {});
  }
}

} // namespace taskleak
