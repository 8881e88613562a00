// Where something stands in the user's sources. Places are plain numbers, so
// that skeletons can be stored and compared without Clang.

#pragma once

#include <cstdint>
#include <tuple>

namespace taskleak {

/// A source range. Lines and columns count from 1, columns in bytes; the end is
/// exclusive. Line 0 means "nowhere" (an implicit operation).
struct Place {
  uint32_t File = 0; ///< Index into `Unit::Files`.
  uint32_t Line = 0;
  uint32_t Column = 0;
  uint32_t EndLine = 0;
  uint32_t EndColumn = 0;

  bool isValid() const { return Line != 0; }

  friend bool operator==(const Place &, const Place &) = default;
  friend auto operator<=>(const Place &, const Place &) = default;
};

} // namespace taskleak
