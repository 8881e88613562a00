// Comparisons for equality, and for the opposite.
//   if (slot != piece) ...   if (ec == errc::timed_out) ...

#pragma once

#include "clang/Basic/OperatorKinds.h"

#include <optional>

namespace taskleak {

/// Whether an operator holds of what is equal, or of what is not; nothing: it is about neither.
inline std::optional<bool> holdsOfEqual(clang::OverloadedOperatorKind Kind) {
  if (Kind == clang::OO_EqualEqual)
    return true;
  return Kind == clang::OO_ExclaimEqual ? std::optional(false) : std::nullopt;
}

} // namespace taskleak
