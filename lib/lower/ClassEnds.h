// Whether anybody could tell that an object has ended.
//   class Context final : public Base { std::mutex m; ~Context() {} };    nobody

#pragma once

#include "lower/UnitLowering.h"

namespace taskleak {

/// True if the end of the last owner of what a \p T points to, or of a \p T itself, does anything
/// to others, for all that is known of what it is.
bool endMatters(UnitLowering &U, clang::QualType T);

/// True if that end does no more than to break a promise.
bool onlyBreaks(UnitLowering &U, clang::QualType T);

} // namespace taskleak
