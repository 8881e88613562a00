// Of a std::variant only the index is kept, where a select yields it.
//   auto what = co_await (jobs.async_receive(use_awaitable) || idle.async_wait(use_awaitable));
//   if (what.index() == 1) return;

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

bool FunctionLowering::isVariant(QualType T) {
  const auto *Record = T.getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->isInStdNamespace() && Record->getIdentifier() &&
         Record->getName() == "variant";
}

void FunctionLowering::keepIndex(const VarDecl &V, Operand Index) {
  SlotId Slot = E.newSlot(V.getName());
  E.act(Op::Move, {Index}, at(V.getSourceRange())).Result = Slot;
  Indices[&V] = Slot;
}

/// A call on a variant whose index is known: what changes it makes it unknown.
std::optional<Operand> FunctionLowering::indexOf(const Expr &Object, const CXXMethodDecl &Called) {
  const auto *Ref = dyn_cast<DeclRefExpr>(Object.IgnoreParenImpCasts());
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  auto Known = V ? Indices.find(V) : Indices.end();
  if (Known == Indices.end())
    return std::nullopt;
  if (!Called.isConst())
    E.act(Op::Move, {foreignValue(Object)}, at(Object)).Result = Known->second;
  else if (Called.getIdentifier() && Called.getName() == "index")
    return Operand::slot(Known->second);
  return std::nullopt;
}

} // namespace taskleak
