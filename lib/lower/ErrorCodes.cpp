// Waits that say how they ended in the first part of a tuple, and do not throw: Asio's as_tuple.
//   auto [error, line] = co_await lines.async_receive(as_tuple(use_awaitable));
//   if (error) co_return;

#include "lower/FunctionLowering.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace taskleak {

bool yieldsTuple(const ModelledCall &C) {
  const Expr *Token = C.arg(C.Row.Completion);
  const auto *T = Token ? Token->getType().getNonReferenceType()->getAsCXXRecordDecl() : nullptr;
  return T && T->getIdentifier() && T->getName() == "as_tuple_t";
}

void FunctionLowering::noteEnd(const ModelledCall &C, Operand Status, Operand Received) {
  if (!yieldsTuple(C))
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
    if (I == 0 && Value.isSlot())
      Errors[B] = SlotId(Value.Number);
    QualType T = Part->getType().getNonReferenceType();
    if (form(T).isObject())
      bind(*Part, Storage::object(Value));
    else if (I == 1 && Value.isSlot() && !form(T).is(Form::Nothing))
      bind(*Part, Storage::slot(SlotId(Value.Number)));
  }
  return true;
}

std::optional<Operand> FunctionLowering::errorOf(const Expr &Object, const CXXMethodDecl &Method,
                                                 SourceRange At) {
  const auto *Name = dyn_cast<DeclRefExpr>(Object.IgnoreParenImpCasts());
  auto Known = Name ? Errors.find(Name->getDecl()) : Errors.end();
  bool Asks = isa<CXXConversionDecl>(Method) ||
              (Method.getIdentifier() && Method.getName() == "failed");
  if (Known == Errors.end() || !Asks)
    return std::nullopt;
  return E.value(Op::Ne, {Operand::slot(Known->second), Operand::integer(0)}, at(At));
}

} // namespace taskleak
