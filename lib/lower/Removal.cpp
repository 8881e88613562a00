// Elements that are removed by what they are.
//   subscribers.erase(std::remove(begin, end, me), end);   std::erase_if(jobs, isDone);

#include "lower/ElementLoop.h"
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
  const Expr *Named = C.arg(C.Row.Object);
  QualType T = Named ? Named->IgnoreParenImpCasts()->getType() : C.objectType();
  QualType Element = T.isNull() ? T : Forms::element(T);
  Which Gone = removed(C);
  // How the user's own classes compare is not followed.
  bool Compares = Gone.Equal && !Element.isNull() && form(Element).isValue();
  if (!Sequence.isSlot() || (!Compares && !Gone.Holds)) {
    leaveForeign(Sequence, C);
    return foreignValue(C.Site);
  }
  Place Here = at(C.Site);
  Operand By = Gone.Holds ? callable(Gone.Holds) : value(Gone.Equal);
  ElementLoop L(E, Sequence, Here);
  Op Equal = form(Element).is(Form::Text) ? Op::SameText : Op::Eq;
  Operand Goes = Gone.Holds ? callOn(By, *Gone.Holds, L.Element, Element)
                            : E.value(Equal, {L.Element, By}, Here);
  BlockId Remove = E.newBlock(), Keep = E.newBlock();
  E.branch(Goes, Remove, Keep, Here, "the element is removed");
  E.enter(Remove);
  Operand Taken = E.value(Op::RemoveAt, {Sequence, Operand::slot(L.Index)}, Here);
  if (U.needsDestruction(Element))
    destroy(Element, Taken, C.Site.getSourceRange(), {});
  E.jump(L.Head); // The next one stands in its place.
  E.enter(Keep);
  L.next();
  return Operand::unknown();
}

} // namespace taskleak
