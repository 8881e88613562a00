// Lowers error codes: a number that says how something ended, 0 for well. A part of
// FunctionLowering.
//   timer.async_wait([&](error_code ec) { if (ec == operation_aborted) return; ... });

#pragma once

#include "lower/FunctionLowering.h"

namespace taskleak {

class StatusLowering {
public:
  explicit StatusLowering(FunctionLowering &L) : L(L), E(L.E) {}

  Operand construct(llvm::ArrayRef<const clang::Expr *> Args, const clang::Expr &Site);
  /// Nothing where it compares something else.
  std::optional<Operand> compare(const clang::CXXOperatorCallExpr &C);

private:
  FunctionLowering &L;
  Emitter &E;
};

} // namespace taskleak
