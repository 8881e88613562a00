// How long a sleep lasts, as far as its length is written down.
//   std::this_thread::sleep_for(std::chrono::hours(1));

#pragma once

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"

namespace taskleak {

/// Whether a comparison asks if there is time left, as by the clock there may be at any time or
/// not: Clock::now() < Deadline, or if the time is up: Clock::now() - Start > Limit.
enum class ClockTest : uint8_t { None, HasTime, IsUp };
ClockTest clockTest(clang::BinaryOperatorKind Code, const clang::Expr &Left,
                    const clang::Expr &Right);

/// A std::chrono::duration, or a number of seconds, that is known to be ten seconds or more,
/// or unknown and given in whole seconds.
bool isLongSleep(const clang::Expr &Length, const clang::ASTContext &Context);

} // namespace taskleak
