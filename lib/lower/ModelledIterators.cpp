// Iterators of containers that find their elements by key: pointers to the element, null at
// the end. One that has been moved on points anywhere.
//   auto found = sessions_.find(id);  if (found != sessions_.end()) found->second.close();

#include "lower/Equality.h"
#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

/// What points at the element of that index, or null if it is -1.
Operand FunctionLowering::iteratorAt(Operand Elements, Operand Where, bool IsMap,
                                     const Expr &Site) {
  Place Here = at(Site);
  SlotId Found = E.newSlot();
  BlockId None = E.newBlock(), Some = E.newBlock(), After = E.newBlock();
  E.branch(E.value(Op::Lt, {Where, Operand::integer(0)}, Here), None, Some, Here, text(Site));
  E.enter(None);
  E.act(Op::Move, {Operand::null()}, Here).Result = Found;
  E.jump(After);
  E.enter(Some);
  Operand Element = E.value(Op::At, {Elements, Where}, Here);
  // A set of numbers or pointers: its elements are not changed through what points at them.
  if (!IsMap)
    Element = E.value(Op::Cell, {Element}, Here, "element");
  E.act(Op::Move, {Element}, Here).Result = Found;
  E.jump(After);
  E.enter(After);
  return Operand::slot(Found);
}

/// The index of the element that an iterator points at; that of the first if it is not known.
Operand FunctionLowering::findIterator(Operand Elements, Operand Iterator, const Expr &Site) {
  Operand Known = findKey(Elements, Iterator, /*Of=*/{}, Site);
  SlotId Index = E.newSlot();
  Place Here = at(Site);
  BlockId First = E.newBlock(), After = E.newBlock();
  E.act(Op::Move, {Known}, Here).Result = Index;
  E.branch(E.value(Op::Lt, {Known, Operand::integer(0)}, Here), First, After, Here, text(Site));
  E.enter(First);
  E.act(Op::Move, {Operand::integer(0)}, Here).Result = Index;
  E.jump(After);
  E.enter(After);
  return Operand::slot(Index);
}

/// Its `++` has a row that says so.
static bool isIterator(const TypeForm &Shape, const UnitLowering &U) {
  return Shape.is(Form::Pointer) && Shape.Row &&
         llvm::any_of(U.calls(Shape.Row->Name + "::operator++"), [](const CallModel *Row) {
           return Row->Role == CallRole::StepKey;
         });
}

/// Iterators and shared pointers with each other, smart pointers with null; their operators are functions.
std::optional<Operand> FunctionLowering::comparePointers(const CXXOperatorCallExpr &C) {
  std::optional<bool> IsEqual = holdsOfEqual(C.getOperator());
  if (!IsEqual || C.getNumArgs() != 2)
    return std::nullopt;
  QualType A = C.getArg(0)->IgnoreParenImpCasts()->getType();
  QualType B = C.getArg(1)->IgnoreParenImpCasts()->getType();
  auto IsPointer = [&](QualType T) {
    TypeForm Shape = form(T);
    return Shape.is(Form::Pointer) && Shape.Row && (Shape.Row->Shared || isIterator(Shape, U));
  };
  bool AreIterators = IsPointer(A) && IsPointer(B);
  bool IsWithNull = (form(A).is(Form::Pointer) && B->isNullPtrType()) ||
                    (form(B).is(Form::Pointer) && A->isNullPtrType());
  if (!AreIterators && !IsWithNull)
    return std::nullopt;
  Operand Left = value(C.getArg(0)), Right = value(C.getArg(1));
  return arithmetic(*IsEqual ? Op::Eq : Op::Ne, Left, Right, C);
}

Operand FunctionLowering::modelledIterator(const ModelledCall &C) {
  switch (C.Row.Role) {
  case CallRole::EndKey:
    return Operand::null();
  case CallRole::StepKey:
    store(targetPlace(C), foreignValue(C.Site), C.Site.getSourceRange());
    return Operand::unknown();
  default:
    break;
  }
  QualType T = C.objectType();
  if (T.isNull() || !C.arg(C.Row.Value))
    return foreignValue(C.Site);
  Operand Elements = target(C);
  Operand Where = findKey(Elements, value(C.arg(C.Row.Value)), T, C.Site);
  return iteratorAt(Elements, Where, Forms::isMap(T), C.Site);
}

} // namespace taskleak
