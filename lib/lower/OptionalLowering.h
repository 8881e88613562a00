// Lowers what std::optional is asked: a pointer to what it holds, null without a value. A part of
// FunctionLowering.
//   if (slot != piece) ...   int n = slot.value_or(0);

#pragma once

#include "lower/FunctionLowering.h"

namespace taskleak {

class OptionalLowering {
public:
  explicit OptionalLowering(FunctionLowering &L) : L(L), E(L.E) {}

  /// Nothing where it compares something else.
  std::optional<Operand> compare(const clang::CXXOperatorCallExpr &C);
  Operand valueOr(const ModelledCall &C);

private:
  FunctionLowering &L;
  Emitter &E;

  bool isOptional(const clang::Expr &E) const;
  Operand heldValue(const clang::Expr &Optional, Operand Pointer);
  Operand compareHeld(const clang::Expr &A, Operand Left, Operand IsNone, const clang::Expr &B,
                      Operand Right, const clang::CXXOperatorCallExpr &C);
  /// The first where \p If holds, else the second.
  Operand eitherOf(Operand If, llvm::function_ref<Operand()> First,
                   llvm::function_ref<Operand()> Second, const clang::Expr &Site);
};

} // namespace taskleak
