// Error codes: a number that says how something ended, 0 for well.
//   error_code ec;   if (ec) return;   if (ec != errc::timed_out) ...

#include "lower/StatusLowering.h"

#include "lower/Equality.h"

using namespace clang;

namespace taskleak {

/// Of nothing; of an enumerator or another status; of a number and who numbers them so.
Operand StatusLowering::construct(ArrayRef<const Expr *> Args, const Expr &Site) {
  if (Args.empty() || isa<CXXDefaultArgExpr>(Args[0]))
    return Operand::integer(0);
  Operand Number = L.value(Args[0]);
  for (const Expr *A : Args.drop_front())
    L.value(A);
  return E.value(Op::Move, {Number}, L.at(Site));
}

std::optional<Operand> StatusLowering::compare(const CXXOperatorCallExpr &C) {
  std::optional<bool> IsEqual = holdsOfEqual(C.getOperator());
  if (!IsEqual || C.getNumArgs() != 2)
    return std::nullopt;
  auto IsStatus = [&](const Expr *E) { return L.form(E->getType()).is(Form::Status); };
  auto IsNumber = [&](const Expr *E) { return IsStatus(E) || E->getType()->isEnumeralType(); };
  const Expr *A = C.getArg(0), *B = C.getArg(1);
  if (!IsNumber(A) || !IsNumber(B) || !(IsStatus(A) || IsStatus(B)))
    return std::nullopt;
  return E.value(*IsEqual ? Op::Eq : Op::Ne, {L.value(A), L.value(B)}, L.at(C), L.text(C));
}

} // namespace taskleak
