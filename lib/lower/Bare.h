// An expression as it was written, without what the compiler has put around it.
//   auto line = (co_await reader.next());   // temporaries, the end of the full expression, casts

#pragma once

#include "clang/AST/ExprCXX.h"

namespace taskleak {

/// Null stays null.
inline const clang::Expr *bare(const clang::Stmt *S) {
  const auto *E = llvm::dyn_cast_or_null<clang::Expr>(S);
  while (E) {
    const clang::Expr *Inner = E->IgnoreParenImpCasts();
    if (const auto *Full = llvm::dyn_cast<clang::ExprWithCleanups>(Inner))
      Inner = Full->getSubExpr();
    else if (const auto *Temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(Inner))
      Inner = Temporary->getSubExpr();
    else if (const auto *Bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(Inner))
      Inner = Bound->getSubExpr();
    if (Inner == E)
      break;
    E = Inner;
  }
  return E;
}

} // namespace taskleak
