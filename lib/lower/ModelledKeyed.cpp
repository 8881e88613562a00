// Library calls on containers that find their elements by key. They are sequences too:
// sizes are right, and elements are found where keys are known.
//   sessions_[id] = session;  if (sessions_.erase(id) == 0) ...  while (!busy_.empty())

#include "lower/ElementLoop.h"
#include "lower/FunctionLowering.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::findKey(Operand Elements, Operand Key, QualType Of, const Expr &Site) {
  Place Here = at(Site);
  bool IsMap = !Of.isNull() && Forms::isMap(Of);
  Op Equal = !Of.isNull() && U.Types.hasTextKeys(Of) ? Op::SameText : Op::Eq;
  SlotId Found = E.newSlot();
  E.act(Op::Move, {Operand::integer(-1)}, Here).Result = Found;
  ElementLoop L(E, Elements, Here);
  Operand Known = IsMap ? E.value(Op::Load, {L.Element}, Here, "first") : L.Element;
  BlockId Hit = E.newBlock(), Next = E.newBlock();
  E.branch(E.value(Equal, {Known, Key}, Here), Hit, Next, Here, "the keys are equal");
  E.enter(Hit);
  E.act(Op::Move, {Operand::slot(L.Index)}, Here).Result = Found;
  E.jump(L.After);
  E.enter(Next);
  L.next();
  return Operand::slot(Found);
}

Operand FunctionLowering::eraseKey(const ModelledCall &C, Operand Elements, QualType Of) {
  Place Here = at(C.Site);
  bool ByKey = C.Site.getType()->isIntegerType();
  Operand Given = value(C.arg(C.Row.Value));
  Operand Where =
      ByKey ? findKey(Elements, Given, Of, C.Site) : findIterator(Elements, Given, C.Site);
  SlotId Count = E.newSlot();
  E.act(Op::Move, {Operand::integer(0)}, Here).Result = Count;
  BlockId Do = E.newBlock(), After = E.newBlock();
  E.branch(E.value(Op::Lt, {Where, Operand::integer(0)}, Here), After, Do, Here, text(C.Site));
  E.enter(Do);
  QualType T = Forms::element(Of);
  Operand Gone = E.value(Op::RemoveAt, {Elements, Where}, Here);
  if (!T.isNull() && U.needsDestruction(T))
    destroy(T, Gone, C.Site.getSourceRange(), {});
  E.act(Op::Move, {Operand::integer(1)}, Here).Result = Count;
  E.jump(After);
  E.enter(After);
  return ByKey ? Operand::slot(Count) : Operand::unknown();
}

/// insert(V), insert({K, V}), emplace(K, V), insert_or_assign(K, V): yields a pair of an iterator
/// and whether it did.
Operand FunctionLowering::insertKey(const ModelledCall &C, Operand Elements, QualType Of) {
  Place Here = at(C.Site);
  QualType Element = Forms::element(Of);
  if (form(C.Args[0]->getType()).is(Form::Sequence) && !form(Element).is(Form::Sequence)) {
    leaveForeign(Elements, C); // Many at once.
    return foreignValue(C.Site);
  }
  Operand New = elementFrom(C, C.Args, Element);
  Operand Key = Forms::isMap(Of) ? E.value(Op::Load, {New}, Here, "first") : New;
  Operand Where = findKey(Elements, Key, Of, C.Site);
  Operand IsNew = E.value(Op::Lt, {Where, Operand::integer(0)}, Here);
  BlockId Do = E.newBlock(), After = E.newBlock();
  BlockId Known = C.Row.Constructs ? E.newBlock() : After;
  E.branch(IsNew, Do, Known, Here, text(C.Site));
  E.enter(Do);
  E.act(Op::Append, {Elements, New}, Here);
  E.jump(After);
  if (C.Row.Constructs) {
    E.enter(Known);
    Operand Gone = E.value(Op::At, {Elements, Where}, Here);
    E.act(Op::SetAt, {Elements, Where, New}, Here);
    if (!Element.isNull() && U.needsDestruction(Element))
      destroy(Element, Gone, C.Site.getSourceRange(), {});
    E.jump(After);
  }
  E.enter(After);
  const auto *Result = C.Site.getType()->getAsRecordDecl();
  if (!Result || !isPair(*Result))
    return Operand::unknown();
  Operand Told = makeRecord(*Result, C.Site.getSourceRange());
  E.act(Op::Store, {Told, IsNew}, Here, "second");
  return Told;
}

/// The value of a key, made if there is none.
Operand FunctionLowering::atKey(const ModelledCall &C, Operand Elements, QualType Of) {
  Place Here = at(C.Site);
  QualType Element = Forms::element(Of);
  const auto *Pair = Element.isNull() ? nullptr : Element->getAsRecordDecl();
  if (!Pair || !isPair(*Pair))
    return foreignValue(C.Site);
  Operand Key = value(C.arg(C.Row.Value));
  Operand Where = findKey(Elements, Key, Of, C.Site);
  SlotId Found = E.newSlot();
  BlockId Make = E.newBlock(), Take = E.newBlock(), After = E.newBlock();
  E.branch(E.value(Op::Lt, {Where, Operand::integer(0)}, Here), Make, Take, Here, text(C.Site));
  E.enter(Make);
  llvm::SaveAndRestore Values(Zeroes, true);
  Operand New = makePair(*Pair, {}, C.Site.getSourceRange());
  E.act(Op::Store, {New, Key}, Here, "first");
  if (C.Row.Constructs)
    E.act(Op::Append, {Elements, New}, Here);
  E.act(Op::Move, {New}, Here).Result = Found;
  E.jump(After);
  E.enter(Take);
  E.act(Op::Move, {E.value(Op::At, {Elements, Where}, Here)}, Here).Result = Found;
  E.jump(After);
  E.enter(After);
  QualType T = C.Site.getType();
  if (form(T).is(Form::Nothing))
    return Operand::unknown();
  return E.value(form(T).isObject() ? Op::Load : Op::Address, {Operand::slot(Found)}, Here,
                 "second");
}

Operand FunctionLowering::modelledKeyed(const ModelledCall &C) {
  Operand Elements = target(C);
  QualType T = C.objectType();
  if (T.isNull() || !C.arg(C.Row.Value))
    return foreignValue(C.Site);
  switch (C.Row.Role) {
  case CallRole::InsertKey:
    return insertKey(C, Elements, T);
  case CallRole::EraseKey:
    return eraseKey(C, Elements, T);
  case CallRole::AtKey:
    return atKey(C, Elements, T);
  default: {
    Operand Where = findKey(Elements, value(C.arg(C.Row.Value)), T, C.Site);
    return E.value(Op::Le, {Operand::integer(0), Where}, at(C.Site), text(C.Site));
  }
  }
}

} // namespace taskleak
