// States that have not been looked at. Those that few guesses lead to come more often: who is
// stuck after many is not told of.

#pragma once

#include "explore/Graph.h"

#include <array>
#include <bit>
#include <deque>

namespace taskleak {

struct Unseen {
  StateId Id;
  World W;
};

class Frontier {
  /// One for each number of guesses; the last is for what nobody would believe.
  static constexpr unsigned Levels = 6;
  std::array<std::deque<Unseen>, Levels> Of;
  size_t Count = 0;
  uint32_t Turn = 0;

  /// Three times of four the first level that has any, every eighth the second, and so on.
  std::deque<Unseen> &level() {
    unsigned Zeros = unsigned(std::countr_zero(++Turn));
    unsigned Wanted = Zeros > 0 ? Zeros - 1 : 0, Found = Levels;
    for (unsigned L = 0, Filled = 0; L < Levels; ++L)
      if (!Of[L].empty() && (Found == Levels || Filled <= Wanted)) {
        Found = L;
        ++Filled;
      }
    return Of[Found];
  }

public:
  static constexpr unsigned Doubted = Levels - 1;

  bool empty() const { return Count == 0; }
  size_t size() const { return Count; }

  void push(Unseen State, unsigned Guesses) {
    ++Count;
    Of[std::min(Guesses, Levels - 1)].push_back(std::move(State));
  }
  /// The one that has waited longest at its level.
  Unseen takeOldest() {
    auto &From = level();
    Unseen Taken = std::move(From.front());
    From.pop_front();
    --Count;
    return Taken;
  }
  /// The one at its level that comes \p Which-th, counted round and round.
  Unseen takeAny(uint64_t Which) {
    auto &From = level();
    std::swap(From[Which % From.size()], From.back());
    Unseen Taken = std::move(From.back());
    From.pop_back();
    --Count;
    return Taken;
  }
  template <class Visit> void forEach(Visit Do) const {
    for (const auto &Level : Of)
      for (const Unseen &State : Level)
        Do(State);
  }
};

} // namespace taskleak
