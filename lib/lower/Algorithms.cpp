// Algorithms of the library: loops that call what they are given.
//   std::for_each(pool.begin(), pool.end(), [](std::thread &T) { T.join(); });
//   int Wanted = std::count_if(links.begin(), links.end(), isAllowed);

#include "lower/CursorLowering.h"
#include "lower/ElementLoop.h"
#include "lower/VariantLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::callOn(Operand Callable, const Expr &Named, Operand Element,
                                 QualType Of) {
  const CXXMethodDecl *Body = lambdaBody(Named);
  bool Refers = Body && Body->getNumParams() == 1 &&
                Body->getParamDecl(0)->getType()->isReferenceType();
  if (Refers && !Of.isNull() && form(Of).is(Form::Pointer))
    Element = E.value(Op::Cell, {Element}, at(Named)); // Else it would be what that points at.
  return E.value(Op::CallClosure, {Callable, Element}, at(Named), text(Named));
}

/// The container that the call is about; null if that is not all of one.
static const Expr *wholeContainer(const ModelledCall &C) {
  if (C.Object)
    return C.Object;
  const Expr *Begin = C.arg(0), *End = C.arg(1);
  bool IsWhole = Begin && End && (C.Row.Role != CallRole::Fill || isEnd(*End));
  return IsWhole ? begunContainer(*Begin) : nullptr;
}

Operand FunctionLowering::algorithm(const ModelledCall &C) {
  Place Here = at(C.Site);
  bool Fills = C.Row.Role == CallRole::Fill;
  const Expr *Do = C.arg(Fills ? C.Row.Value : C.Row.Callable), *Container = wholeContainer(C);
  QualType Of = Container ? Forms::element(Container->getType()) : QualType();
  if (!Do || !Container || !form(Container->getType()).is(Form::Sequence) ||
      (Fills && !form(Of).isValue())) {
    if (C.Object)
      leaveForeign(reference(C.Object), C);
    for (const Expr *A : C.Args)
      leaveForeign(value(A), C);
    return foreignValue(C.Site);
  }
  if (Fills) {
    Operand Elements = reference(Container), V = value(Do);
    ElementLoop L(E, Elements, Here);
    E.act(Op::SetAt, {Elements, Operand::slot(L.Index), V}, Here);
    L.next();
    return Operand::unknown();
  }
  bool Counts = C.Row.Role == CallRole::CountIf, Yields = C.Row.Role != CallRole::ForEach;
  bool Start = C.Row.Role == CallRole::AllOf || C.Row.Role == CallRole::NoneOf;
  Operand Callable = callable(Do);
  SlotId Result = E.newSlot();
  E.act(Op::Move, {Operand::integer(Start)}, Here).Result = Result;
  ElementLoop L(E, reference(Container), Here);
  Operand Held = callOn(Callable, *Do, L.Element, Of);
  if (Yields) {
    BlockId Yes = E.newBlock(), After = E.newBlock();
    bool OnFalse = C.Row.Role == CallRole::AllOf;
    E.branch(Held, OnFalse ? After : Yes, OnFalse ? Yes : After, Here, text(*Do));
    E.enter(Yes);
    Operand New = Counts ? E.value(Op::Add, {Operand::slot(Result), Operand::integer(1)}, Here)
                         : Operand::integer(!Start);
    E.act(Op::Move, {New}, Here).Result = Result;
    E.jump(After);
    E.enter(After);
  }
  L.next();
  return Yields ? Operand::slot(Result) : Callable;
}

/// std::min, std::max, std::abs: of numbers, the value stands for the reference.
Operand FunctionLowering::chosen(const ModelledCall &C) {
  Operand First = value(C.Args[0]);
  bool IsSign = C.Row.Role == CallRole::Absolute;
  if (IsSign && !C.Site.getType()->isIntegerType())
    return unknownValue(C.Site);
  Operand Second = IsSign ? E.value(Op::Sub, {Operand::integer(0), First}, at(C.Site))
                          : value(C.Args[1]);
  if (!C.Args[0]->getType()->isArithmeticType())
    return foreignValue(C.Site);
  Op Code = C.Row.Role == CallRole::Least ? Op::Min : Op::Max;
  Operand Result = E.value(Code, {First, Second}, at(C.Site), text(C.Site));
  Elements[&C.Site] = Storage::slot(SlotId(Result.Number));
  return Result;
}

/// std::make_pair, std::get of a pair.
Operand FunctionLowering::modelledRecord(const ModelledCall &C) {
  if (C.Row.Role == CallRole::MakeRecord) {
    const auto *Record = C.Site.getType()->getAsRecordDecl();
    return Record && isPair(*Record) ? makePair(*Record, C.Args, C.Site.getSourceRange())
                                     : foreignValue(C.Site);
  }
  const Expr *Object = C.arg(C.Row.Object);
  if (Object && form(Object->getType()).is(Form::Variant))
    return VariantLowering(*this).modelled(C);
  const auto *Record = Object ? Object->getType()->getAsRecordDecl() : nullptr;
  const TemplateArgumentList *Which = C.Callee.getTemplateSpecializationArgs();
  if (!Record || !Which || Which->size() == 0 ||
      Which->get(0).getKind() != TemplateArgument::Integral)
    return foreignValue(C.Site);
  unsigned Index = unsigned(Which->get(0).getAsIntegral().getZExtValue());
  if (form(Object->getType()).is(Form::Sequence)) { // A std::array.
    Operand Array = reference(Object);
    if (form(C.Site.getType()).isObject())
      return E.value(Op::At, {Array, Operand::integer(Index)}, at(C.Site), text(C.Site));
    leaveForeign(Array, C);
  }
  if (!isPair(*Record))
    return foreignValue(C.Site);
  const FieldDecl *Field = *std::next(Record->getDefinition()->field_begin(), Index);
  TypeForm Shape = form(Field->getType());
  if (Shape.is(Form::Nothing))
    return Operand::unknown();
  Operand Pair = reference(Object);
  if (Shape.isObject() || Field->getType()->isReferenceType())
    return E.value(Op::Load, {Pair}, at(C.Site), Field->getName());
  return addressOf(Storage::field(Pair, Field->getNameAsString()), C.Site.getSourceRange());
}

} // namespace taskleak
