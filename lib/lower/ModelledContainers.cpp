// Library calls on containers that keep the order of their elements.
//   workers_.emplace_back(&Pool::run, this);  jobs.front();  jobs.pop();

#include "lower/VariantLowering.h"

using namespace clang;

namespace taskleak {

/// All elements of one container become those of the other.
void FunctionLowering::fillFrom(Operand To, Operand From, Place Here) {
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
}

/// Two containers or records trade places where they are held: in fields or variables.
void FunctionLowering::exchangeObjects(const Storage &A, const Storage &B, const ModelledCall &C) {
  Place Here = at(C.Site);
  Operand Kept = E.value(Op::Copy, {A.Where}, Here);
  QualType T = C.arg(C.Row.Value)->getType();
  if (form(T).is(Form::Record)) {
    const RecordDecl &Record = *T->getAsRecordDecl();
    SourceRange Range = C.Site.getSourceRange();
    assignFields(Record, A.Where, B.Where, Range);
    return assignFields(Record, B.Where, Kept, Range);
  }
  fillFrom(A.Where, B.Where, Here);
  fillFrom(B.Where, Kept, Here);
}

Operand FunctionLowering::modelledContainer(const ModelledCall &C) {
  Place Here = at(C.Site);
  Operand Sequence = target(C);
  QualType T = C.objectType();
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
    Operand Value =
        E.value(C.Row.Role == CallRole::TakeFirst ? Op::TakeFirst : Op::TakeLast, {Sequence}, Here);
    if (!Element.isNull() && C.Site.getType()->isVoidType() && U.needsDestruction(Element))
      destroy(Element, Value, C.Site.getSourceRange(), {});
    return Value;
  }
  case CallRole::First:
    return Refer(Operand::integer(0));
  case CallRole::Last:
    return Refer(Operand::integer(-1));
  case CallRole::At:
    return Refer(C.Args.empty() ? Operand::unknown() : value(C.Args[0]));
  case CallRole::Size:
    if (std::optional<uint64_t> Length = T.isNull() ? std::nullopt : Forms::length(T))
      return Operand::integer(int64_t(*Length));
    return E.value(Op::Size, {Sequence}, Here, text(C.Site));
  case CallRole::Empty: {
    if (form(T).is(Form::Text))
      return E.value(Op::Not, {Sequence}, Here, text(C.Site));
    Operand Size = E.value(Op::Size, {Sequence}, Here);
    return E.value(Op::Eq, {Size, Operand::integer(0)}, Here, text(C.Site));
  }
  case CallRole::Clear:
    if (form(T).isValue()) {
      SourceRange Range = C.Site.getSourceRange();
      store(targetPlace(C), makeDefault(T, form(T), {}, Range), Range);
      return Operand::unknown();
    }
    destroyElements(Element, Sequence);
    E.act(Op::Clear, {Sequence}, Here);
    return Operand::unknown();
  default:
    return Operand::unknown();
  }
}

/// A copy of a value that a library function was given by reference, or what was moved out.
Operand FunctionLowering::given(const Expr &Arg, QualType T, SourceRange At) {
  TypeForm Shape = form(T);
  if (Shape.isObject())
    return copyOf(Arg, T, Arg.isXValue(), At);
  bool IsTemporary = isa<MaterializeTemporaryExpr>(Arg.IgnoreParenImpCasts());
  Storage From = Arg.isGLValue() ? place(&Arg) : Storage{};
  Operand Value = E.value(Op::Move, {Arg.isGLValue() ? load(From, At) : value(&Arg)}, at(At));
  if (Arg.isXValue() && !IsTemporary && !Shape.is(Form::Scalar))
    store(From, Operand::null(), At);
  else if (Shape.is(Form::Pointer) && Shape.Row->Shared && U.needsDestruction(T) && !IsTemporary)
    E.act(Op::Retain, {Value}, at(At));
  return Value;
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
  bool SameType =
      Only && U.Context.hasSameUnqualifiedType(Only->getType().getNonReferenceType(), Element);
  SourceRange Here = C.Site.getSourceRange();
  if (SameType)
    return given(*Only, Element, Here);
  if (Shape.is(Form::Callable) && Only)
    return callable(Only);
  if (Shape.is(Form::Variant))
    return VariantLowering(*this).make(Element, Args, nullptr, C.Site);
  if (Shape.is(Form::Handle))
    if (const CXXRecordDecl *R = Element->getAsCXXRecordDecl())
      return Args.empty() ? makeDefault(Element, Shape, {}, Here)
                          : handleFrom(*Shape.Row, *R, {C.Row, C.Site, C.Callee, C.Object, Args});
  if (const auto *Record = Element->getAsCXXRecordDecl(); Shape.is(Form::Record) && Record) {
    if (isPair(*Record))
      return makePair(*Record, Args, Here);
    Operand Made = makeRecord(*Record, Here);
    constructFrom(*Record->getDefinition(), Made, Args, C.Site);
    return Made;
  }
  return Only ? value(Only) : makeDefault(Element, Shape, {}, Here);
}

} // namespace taskleak
