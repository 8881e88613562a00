// Whether anybody could tell that an object has ended.
//   class Context final : public Base { std::mutex m; ~Context() {} };    nobody

#pragma once

#include "lower/UnitLowering.h"

namespace taskleak {

/// True if the end of the last owner of what a \p T points to, or of a \p T itself, does anything
/// to others, for all that is known of what it is.
bool endMatters(UnitLowering &U, clang::QualType T);

/// What a callable that is kept somewhere captures of a \p T whose end matters is added to what
/// it owns, if that end does no more than to break a promise. Else when the last copy goes is not
/// followed, so neither is what it holds.
void keepOwned(UnitLowering &U, Emitter &E, clang::QualType T, Operand Captured,
               llvm::SmallVectorImpl<Operand> &Owned, Place At);

} // namespace taskleak
