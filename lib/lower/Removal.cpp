// Elements that are removed by what they are.
//   subscribers.erase(std::remove(begin, end, me), end);   std::erase_if(jobs, isDone);

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

namespace {

/// Which elements go: those that equal something, or for which something holds.
struct Which {
  const Expr *Equal = nullptr, *Holds = nullptr;
};

/// std::remove or std::remove_if over a whole container, the first argument of its erase.
Which moved(const Expr &First) {
  const auto *Call = dyn_cast<CallExpr>(First.IgnoreUnlessSpelledInSource());
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  if (!F || !F->isInStdNamespace() || !F->getIdentifier() || Call->getNumArgs() != 3)
    return {};
  if (F->getName() == "remove")
    return {Call->getArg(2), nullptr};
  return {nullptr, F->getName() == "remove_if" ? Call->getArg(2) : nullptr};
}

Which removed(const ModelledCall &C) {
  if (C.arg(C.Row.Value) || C.arg(C.Row.Callable))
    return {C.arg(C.Row.Value), C.arg(C.Row.Callable)};
  return C.Args.empty() ? Which() : moved(*C.Args[0]);
}

} // namespace

Operand FunctionLowering::removeIf(const ModelledCall &C) {
  Operand Sequence = target(C);
  const Expr *From = C.arg(C.Row.Object) ? C.arg(C.Row.Object) : C.Object;
  QualType T = From ? From->IgnoreParenImpCasts()->getType() : QualType();
  QualType Element = T.isNull() ? T : Forms::element(T->isPointerType() ? T->getPointeeType() : T);
  Which Gone = removed(C);
  // How the user's own classes compare is not followed.
  bool Compares = Gone.Equal && !Element.isNull() && form(Element).isValue();
  if (!Sequence.isSlot() || (!Compares && !Gone.Holds)) {
    leaveForeign(Sequence, C);
    return foreignValue(C.Site);
  }
  Place Here = at(C.Site);
  Operand By = Gone.Holds ? callable(Gone.Holds) : value(Gone.Equal);
  SlotId Index = E.newSlot();
  E.act(Op::Move, {Operand::integer(0)}, Here).Result = Index;
  BlockId Head = E.newBlock(), Look = E.newBlock(), Remove = E.newBlock(), Keep = E.newBlock(),
          After = E.newBlock();
  E.jump(Head);
  E.enter(Head);
  Operand Size = E.value(Op::Size, {Sequence}, Here);
  E.branch(E.value(Op::Lt, {Operand::slot(Index), Size}, Here), Look, After, Here, "more elements");
  E.enter(Look);
  Operand Now = E.value(Op::At, {Sequence, Operand::slot(Index)}, Here);
  Op Equal = form(Element).is(Form::Text) ? Op::SameText : Op::Eq;
  Operand Goes = Gone.Holds ? callOn(By, *Gone.Holds, Now, Element)
                            : E.value(Equal, {Now, By}, Here);
  E.branch(Goes, Remove, Keep, Here, "the element is removed");
  E.enter(Remove);
  Operand Taken = E.value(Op::RemoveAt, {Sequence, Operand::slot(Index)}, Here);
  if (U.needsDestruction(Element))
    destroy(Element, Taken, C.Site.getSourceRange(), {});
  E.jump(Head);
  E.enter(Keep);
  E.act(Op::Add, {Operand::slot(Index), Operand::integer(1)}, Here).Result = Index;
  E.jump(Head);
  E.enter(After);
  return Operand::unknown();
}

} // namespace taskleak
