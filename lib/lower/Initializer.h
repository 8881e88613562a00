// The expression that initializes, without what the syntax tree wraps around it.
//   Queue Q = (Queue(4));   the constructor's call

#pragma once

#include "clang/AST/Expr.h"

namespace taskleak {

/// Cleanups, temporaries, parentheses, conversions and a member's default are looked
/// through. Null for null.
const clang::Expr *bareInitializer(const clang::Expr *Init);

} // namespace taskleak
