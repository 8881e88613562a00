// Waits that say how they ended, and do not throw: in the first part of a tuple, Asio's as_tuple,
// or as the first argument of a handler.
//   auto [error, line] = co_await lines.async_receive(as_tuple(use_awaitable));
//   timer.async_wait([](error_code error) { if (error) return; ... });

#include "lower/FunctionLowering.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace taskleak {

bool tellsEnd(const ModelledCall &C) { return C.HasHandler || yieldsTuple(C); }

bool yieldsTuple(const ModelledCall &C) {
  const Expr *Token = C.arg(C.Row.Completion);
  const auto *T = Token ? Token->getType().getNonReferenceType()->getAsCXXRecordDecl() : nullptr;
  return T && T->getIdentifier() && T->getName() == "as_tuple_t";
}

void FunctionLowering::noteEnd(const ModelledCall &C, Operand Status, Operand Received) {
  if (!tellsEnd(C))
    return;
  LastEnd = {Status, Received};
  // Whoever does not take it apart at once has it all the same, in a way nobody follows.
  if (!TakesApart && !Received.isUnknown())
    E.act(Op::Escape, {Received}, at(C.Site));
}

/// The call whose tuple is taken apart; null: another kind of initializer.
static const CallExpr *awaitedCall(const DecompositionDecl &Group) {
  const auto *Await = Group.getInit()
                          ? dyn_cast<CoawaitExpr>(Group.getInit()->IgnoreImplicit())
                          : nullptr;
  return Await ? dyn_cast<CallExpr>(Await->getOperand()->IgnoreImplicit()) : nullptr;
}

bool FunctionLowering::takeApart(const DecompositionDecl &Group) {
  const CallExpr *Call = awaitedCall(Group);
  auto Known = Call ? modelOf(*Call) : std::nullopt;
  if (!Known || !yieldsTuple(*Known))
    return false;
  LastEnd = {};
  llvm::SaveAndRestore<bool> Here(TakesApart, true);
  value(Group.getInit());
  for (auto [I, B] : llvm::enumerate(Group.bindings())) {
    const VarDecl *Part = B->getHoldingVar();
    if (!Part || I > 1)
      continue;
    Operand Value = I == 0 ? LastEnd.Status : LastEnd.Received;
    QualType T = Part->getType().getNonReferenceType();
    if (form(T).isObject())
      bind(*Part, Storage::object(Value));
    else if (Value.isSlot() && !form(T).is(Form::Nothing))
      bind(*Part, Storage::slot(SlotId(Value.Number)));
  }
  return true;
}

} // namespace taskleak
