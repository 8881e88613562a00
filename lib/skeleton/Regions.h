// Parts of a function's graph of blocks.
//   if (verbose) { log(); } done();   the block of `log` lies between the branch and `done`

#pragma once

#include "skeleton/Skeleton.h"

#include "llvm/ADT/BitVector.h"

#include <vector>

namespace taskleak {

/// A set of a function's blocks, by number.
using Region = llvm::BitVector;

/// The blocks on the ways from \p From to \p To, beginning with \p From's targets; \p To is
/// left out, and \p From unless it is reached again. With NoId: all that can follow.
Region between(const Function &F, BlockId From, BlockId To);

/// By block: those that lead to it, in order.
using Predecessors = std::vector<std::vector<BlockId>>;
Predecessors predecessors(const Function &F);

/// The blocks of the cycles through \p Head; empty if there are none.
Region cycle(const Function &F, BlockId Head, const Predecessors &Before);

/// Whether some block of \p R can be reached from itself.
bool hasCycle(const Function &F, const Region &R);

/// Where a region is left to; NoId if to several blocks, or never.
BlockId onlyExit(const Function &F, const Region &R);

/// The blocks that every way from a block to an exit goes through; a loop that has none
/// is left where it begins.
class PostDominators {
  std::vector<Region> After; ///< By block, itself included.
  std::vector<unsigned> Sizes;

public:
  explicit PostDominators(const Function &F);
  /// The nearest behind \p B: where the sides of its branch meet first; NoId if nowhere.
  BlockId nearest(BlockId B) const;
};

} // namespace taskleak
