// Tells early that a search will not come to its end. In those that do, ever fewer of the
// states that are known have still to be looked at.

#pragma once

#include <cstddef>
#include <optional>

namespace taskleak {

class Outlook {
  static constexpr unsigned Judgeable = 300; ///< With a smaller limit there is little to go by.
  static constexpr unsigned Many = 35, Falling = 87, Few = 12;
  const unsigned Limit;
  std::optional<unsigned> Early, Later; ///< Per cent that were open at a sixth and at a third.
  bool IsLate = false;

public:
  /// \p Limit is what the search may cost.
  explicit Outlook(unsigned Limit) : Limit(Limit) {}

  /// Asked once for each state that has been looked at; true at most a few times.
  bool isHopeless(unsigned Cost, size_t Open, size_t Known) {
    if (Limit < Judgeable || IsLate || Cost < Limit / 6)
      return false;
    unsigned Now = unsigned(Open * 100 / Known);
    if (Cost >= Limit / 3 * 2) {
      IsLate = true;
      return Now >= Few;
    }
    if (Later)
      return false;
    if (!Early)
      Early = Now;
    if (Cost < Limit / 3)
      return false;
    Later = Now;
    return Now >= Many && Now * 100 >= *Early * Falling;
  }
};

} // namespace taskleak
