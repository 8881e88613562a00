// The choices of one step, so that it can be run again for each of them,
// from its beginning or from where the last run could have gone another way.

#pragma once

#include "llvm/ADT/SmallVector.h"

namespace taskleak {

class Choices {
  struct Pick {
    unsigned Taken, Count;
  };
  llvm::SmallVector<Pick, 8> Picks;
  size_t Next = 0;

public:
  /// One of 0 .. Count - 1: the first, unless `advance` has asked for another.
  unsigned choose(unsigned Count) {
    if (Next == Picks.size())
      Picks.push_back({0, Count});
    return Picks[Next++].Taken;
  }

  /// How many choices have been made in this run.
  size_t made() const { return Next; }

  /// Prepares the next run; false if all have been made.
  bool advance() {
    Picks.truncate(Next);
    while (!Picks.empty() && Picks.back().Taken + 1 == Picks.back().Count)
      Picks.pop_back();
    if (Picks.empty())
      return false;
    ++Picks.back().Taken;
    Next = 0;
    return true;
  }

  /// Where the next run first chooses otherwise than the last one.
  size_t firstNew() const { return Picks.empty() ? 0 : Picks.size() - 1; }

  /// No run after the next one has the same first \p Made choices.
  bool isLast(size_t Made) const {
    return Picks.size() == Made + 1 && Picks.back().Taken + 1 == Picks.back().Count;
  }

  /// The run begins where \p Made choices have been made, as before.
  void resume(size_t Made) { Next = Made; }
};

} // namespace taskleak
