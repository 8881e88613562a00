// std::optional: a pointer to what it holds, null without a value.
//   slot = piece;   if (slot != piece) ...   int n = slot.value_or(0);

#include "lower/OptionalLowering.h"

#include "lower/Equality.h"

using namespace clang;

namespace taskleak {

/// The type of std::nullopt.
static bool isNone(QualType T) {
  const auto *Record = T.getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->getIdentifier() && Record->getName() == "nullopt_t";
}

/// A class that can tell whether it holds a value, and the value's type.
static QualType heldType(QualType T) {
  const auto *Record = T.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return {};
  auto Name = &Record->getASTContext().Idents.get("has_value");
  return Record->lookup(Name).empty() ? QualType() : Forms::element(T);
}

std::optional<Operand> FunctionLowering::optionalFrom(const Expr &Arg, QualType Optional) {
  QualType T = Arg.getType().getNonReferenceType();
  if (T->isAnyPointerType() || T->isNullPtrType() || form(T).is(Form::Pointer))
    return std::nullopt;
  if (isNone(T))
    return Operand::null();
  QualType Element = Forms::element(Optional);
  if (Element.isNull())
    return std::nullopt;
  // A std::reference_wrapper refers to what it is made of.
  if (form(Element).isObject() && form(T).isObject() && Arg.isGLValue() && heldType(Optional).isNull())
    return reference(&Arg);
  if (form(Element).isObject())
    return form(T).isObject() ? copyOf(Arg, Element, Arg.isXValue(), Arg.getSourceRange())
                              : Operand::unknown();
  Operand Value = value(&Arg);
  return E.value(Op::Cell, {Value}, at(Arg));
}

/// What an optional that holds something holds; nothing if that is no plain value.
Operand OptionalLowering::heldValue(const Expr &Optional, Operand Pointer) {
  bool IsValue = L.form(heldType(Optional.getType())).isValue();
  return IsValue ? E.value(Op::Get, {Pointer}, L.at(Optional)) : Pointer;
}

/// What holds a plain value, or none.
bool OptionalLowering::isOptional(const Expr &E) const {
  QualType Held = heldType(E.getType());
  return !Held.isNull() && L.form(E.getType()).is(Form::Pointer) && L.form(Held).isValue();
}

/// An optional and a value, or two optionals: equal if neither holds any, or both the same.
std::optional<Operand> OptionalLowering::compare(const CXXOperatorCallExpr &C) {
  std::optional<bool> IsEqual = holdsOfEqual(C.getOperator());
  if (!IsEqual || C.getNumArgs() != 2)
    return std::nullopt;
  const Expr *A = C.getArg(0)->IgnoreParenImpCasts(), *B = C.getArg(1)->IgnoreParenImpCasts();
  if (!isOptional(*A))
    std::swap(A, B);
  bool IsWithNone = isNone(B->getType());
  if (!isOptional(*A) || !(IsWithNone || isOptional(*B) || L.form(B->getType()).isValue()))
    return std::nullopt;
  Operand Left = L.value(A), Right = IsWithNone ? Operand::null() : L.value(B);
  Operand IsNone = E.value(Op::Eq, {Left, Operand::null()}, L.at(C), L.text(C));
  Operand Same = IsWithNone ? IsNone : compareHeld(*A, Left, IsNone, *B, Right, C);
  return *IsEqual ? Same : E.value(Op::Not, {Same}, L.at(C), L.text(C));
}

Operand OptionalLowering::compareHeld(const Expr &A, Operand Left, Operand IsNone, const Expr &B,
                                      Operand Right, const CXXOperatorCallExpr &C) {
  bool AreBoth = isOptional(B);
  Operand OtherIsNone = Operand::integer(0);
  if (AreBoth)
    OtherIsNone = E.value(Op::Eq, {Right, Operand::null()}, L.at(C), L.text(C));
  auto Compare = [&] {
    Op Code = L.form(heldType(A.getType())).is(Form::Text) ? Op::SameText : Op::Eq;
    Operand One = heldValue(A, Left), Other = AreBoth ? heldValue(B, Right) : Right;
    return E.value(Code, {One, Other}, L.at(C), L.text(C));
  };
  auto WhereOneHolds = [&] {
    auto No = [] { return Operand::integer(0); };
    return AreBoth ? eitherOf(OtherIsNone, No, Compare, C) : Compare();
  };
  return eitherOf(IsNone, [&] { return OtherIsNone; }, WhereOneHolds, C);
}

/// Optional.value_or(Otherwise)
Operand OptionalLowering::valueOr(const ModelledCall &C) {
  const Expr *Otherwise = C.arg(C.Row.Value);
  Operand Pointer = L.target(C), Default = Otherwise ? L.value(Otherwise) : Operand::unknown();
  if (!C.Object || !L.form(C.Site.getType()).isValue())
    return L.unknownValue(C.Site);
  Operand IsNone = E.value(Op::Eq, {Pointer, Operand::null()}, L.at(C.Site), L.text(C.Site));
  return eitherOf(IsNone, [&] { return Default; }, [&] { return heldValue(*C.Object, Pointer); },
                  C.Site);
}

Operand OptionalLowering::eitherOf(Operand If, llvm::function_ref<Operand()> First,
                                   llvm::function_ref<Operand()> Second, const Expr &Site) {
  SlotId Result = E.newSlot();
  BlockId Then = E.newBlock(), Else = E.newBlock(), After = E.newBlock();
  E.branch(If, Then, Else, L.at(Site), L.text(Site));
  for (auto [Arm, Yield] : {std::pair(Then, First), std::pair(Else, Second)}) {
    E.enter(Arm);
    E.act(Op::Move, {Yield()}, L.at(Site)).Result = Result;
    E.jump(After);
  }
  E.enter(After);
  return Operand::slot(Result);
}

} // namespace taskleak
