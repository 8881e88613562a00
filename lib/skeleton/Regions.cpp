// Sets of blocks are bits: functions of some thousand blocks are made by macros.

#include "skeleton/Regions.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

static ArrayRef<BlockId> targets(const Function &F, BlockId B) {
  return F.Blocks[B].Body.back().Targets;
}

Region between(const Function &F, BlockId From, BlockId To) {
  Region R(F.Blocks.size());
  SmallVector<BlockId, 16> Todo(targets(F, From));
  while (!Todo.empty()) {
    BlockId B = Todo.pop_back_val();
    if (B == To || R.test(B))
      continue;
    R.set(B);
    append_range(Todo, targets(F, B));
  }
  return R;
}

Predecessors predecessors(const Function &F) {
  Predecessors Before(F.Blocks.size());
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    for (BlockId T : targets(F, B))
      Before[T].push_back(B);
  return Before;
}

Region cycle(const Function &F, BlockId Head, const Predecessors &Before) {
  Region Ahead = between(F, Head, NoId), R(F.Blocks.size());
  if (!Ahead.test(Head))
    return R;
  SmallVector<BlockId, 16> Todo = {Head};
  while (!Todo.empty()) {
    BlockId B = Todo.pop_back_val();
    if (R.test(B) || !Ahead.test(B))
      continue;
    R.set(B);
    append_range(Todo, Before[B]);
  }
  return R;
}

bool hasCycle(const Function &F, const Region &R) {
  return any_of(R.set_bits(), [&](BlockId B) { return between(F, B, NoId).test(B); });
}

BlockId onlyExit(const Function &F, const Region &R) {
  BlockId Exit = NoId;
  for (BlockId B : R.set_bits())
    for (BlockId T : targets(F, B)) {
      if (R.test(T) || T == Exit)
        continue;
      if (Exit != NoId)
        return NoId;
      Exit = T;
    }
  return Exit;
}

/// Adds the blocks from which one of \p Todo is reached.
static void flood(Region &R, const Predecessors &Before,
                  SmallVector<BlockId, 16> Todo) {
  while (!Todo.empty()) {
    BlockId B = Todo.pop_back_val();
    if (R.test(B))
      continue;
    R.set(B);
    append_range(Todo, Before[B]);
  }
}

/// The blocks that lead nowhere, and of each loop without an exit the first one.
static Region exits(const Function &F) {
  Predecessors Before = predecessors(F);
  Region Exits(F.Blocks.size()), Leading(F.Blocks.size());
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    if (targets(F, B).empty()) {
      Exits.set(B);
      flood(Leading, Before, {B});
    }
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    if (!Leading.test(B) && between(F, B, NoId).test(B)) {
      Exits.set(B);
      flood(Leading, Before, {B});
    }
  return Exits;
}

PostDominators::PostDominators(const Function &F)
    : After(F.Blocks.size(), Region(F.Blocks.size(), true)) {
  Region Exits = exits(F), New;
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (BlockId B = F.Blocks.size(); B-- > 0;) {
      New.clear();
      New.resize(F.Blocks.size(), !Exits.test(B));
      for (BlockId T : targets(F, B))
        New &= After[T];
      New.set(B);
      if (New == After[B])
        continue;
      Changed = true;
      std::swap(New, After[B]);
    }
  }
  for (const Region &R : After)
    Sizes.push_back(R.count());
}

BlockId PostDominators::nearest(BlockId B) const {
  // It has behind it all that is behind B.
  for (BlockId P : After[B].set_bits())
    if (P != B && Sizes[P] + 1 == Sizes[B])
      return P;
  return NoId;
}

} // namespace taskleak
