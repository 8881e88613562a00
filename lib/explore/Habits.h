// How unknown things have been guessed on one way through a scenario. What is guessed the
// same way each time needs no other explanation each time.
//   while (read(&frame)) if (isDamaged(frame)) continue;   each frame is damaged

#pragma once

#include "explore/Graph.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

namespace taskleak {

class Habits {
  llvm::DenseMap<uint32_t, uint8_t> Last; ///< By place.

public:
  /// How often something was guessed as it had not been before at its place.
  unsigned Different = 0;

  bool isOld(const Guess &Is) const {
    auto Known = Last.find(Is.Site);
    return Known != Last.end() && Known->second == Is.Answer;
  }
  unsigned newOnes(llvm::ArrayRef<GuessOn> Made) const {
    return unsigned(llvm::count_if(Made, [&](const GuessOn &On) { return !isOld(On.Is); }));
  }
  void learn(llvm::ArrayRef<GuessOn> Made) {
    for (const GuessOn &On : Made) {
      Different += !isOld(On.Is);
      Last[On.Is.Site] = On.Is.Answer;
    }
  }
};

} // namespace taskleak
