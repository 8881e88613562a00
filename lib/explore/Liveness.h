// Which slots are still read after a place: states that differ in others are one.
//   int n = read(); if (n > 0) { spawn(); wait(); }   // at `wait`, `n` does not matter

#pragma once

#include "skeleton/Skeleton.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

#include <memory>
#include <vector>

namespace taskleak {

struct CodeFunction;

/// Works out a place when it is first asked for: at most of them no step ever ends.
class Liveness {
public:
  explicit Liveness(const CodeFunction &F);

  using Slots = std::vector<SlotId>;
  /// Needed before the instruction.
  const Slots &before(BlockId B, uint32_t Index) { return at(B, Index).Before; }
  /// Needed while the call there is under way.
  const Slots &across(BlockId B, uint32_t Index) { return at(B, Index).Across; }

private:
  struct Place {
    Slots Before, Across;
  };
  const CodeFunction &F;
  std::vector<llvm::BitVector> In; ///< For each block.
  llvm::DenseMap<std::pair<BlockId, uint32_t>, std::unique_ptr<Place>> Places;

  const Place &at(BlockId B, uint32_t Index);
  /// Leaves in \p Now what is needed before the block, and on the way at each instruction.
  template <typename AtAcross, typename AtBefore>
  void walk(BlockId B, llvm::BitVector &Now, AtAcross Across, AtBefore Before) const;
};

} // namespace taskleak
