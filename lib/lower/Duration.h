// How long a sleep lasts, as far as its length is written down.
//   std::this_thread::sleep_for(std::chrono::hours(1));

#pragma once

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"

namespace taskleak {

/// A std::chrono::duration, or a number of seconds, that is known to be ten seconds or more,
/// or unknown and given in whole seconds.
bool isLongSleep(const clang::Expr &Length, const clang::ASTContext &Context);

} // namespace taskleak
