// A worklist solver over the blocks of one skeleton, forward or backward. An
// analysis supplies its lattice: the state at the start, what a block does to a
// state, and the join.
//   struct ReachesDone {
//     static constexpr bool Forward = false;
//     using State = bool;
//     State start() const;                          at the entry, or at every exit
//     State bottom() const;                         nothing known yet
//     State transfer(BlockId, const State &) const; monotone
//     bool join(State &Into, const State &From) const; true if Into has grown
//   };

#pragma once

#include "skeleton/Skeleton.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

namespace taskleak {

/// The blocks that may run next: targets, and where exceptions land.
inline llvm::SmallVector<BlockId, 3> successors(const Block &B) {
  llvm::SmallVector<BlockId, 3> Next;
  if (!B.Body.empty())
    Next.append(B.Body.back().Targets.begin(), B.Body.back().Targets.end());
  if (B.Unwind != NoId)
    Next.push_back(B.Unwind);
  return Next;
}

template <class Analysis> struct Solution {
  std::vector<typename Analysis::State> Before; ///< In the direction of the analysis.
  std::vector<typename Analysis::State> After;
};

template <class Analysis> Solution<Analysis> solve(const Function &F, const Analysis &A) {
  size_t Count = F.Blocks.size();
  std::vector<std::vector<BlockId>> Next(Count);
  std::set<BlockId> Work;
  Solution<Analysis> S;
  S.Before.assign(Count, A.bottom());
  S.After.assign(Count, A.bottom());
  for (BlockId B = 0; B < Count; ++B) {
    auto To = successors(F.Blocks[B]);
    for (BlockId T : To)
      Analysis::Forward ? Next[B].push_back(T) : Next[T].push_back(B);
    if (Analysis::Forward ? B == 0 : To.empty())
      A.join(S.Before[B], A.start());
    Work.insert(B);
  }
  while (!Work.empty()) {
    BlockId B = Analysis::Forward ? *Work.begin() : *Work.rbegin();
    Work.erase(B);
    S.After[B] = A.transfer(B, S.Before[B]);
    for (BlockId T : Next[B])
      if (A.join(S.Before[T], S.After[B]))
        Work.insert(T);
  }
  return S;
}

} // namespace taskleak
