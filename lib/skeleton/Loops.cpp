// What the branches of a loop hang on.
//   for (int i = 0; i < n; ++i)    a count
//   while (!ready)                 memory: somebody else has to write it

#include "skeleton/Loops.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

using namespace llvm;

namespace taskleak {

/// The slots that the branches of a region hang on.
static std::set<SlotId> deciders(const Function &F, const Region &R) {
  std::set<SlotId> Slots;
  for (size_t Before = ~size_t(0); Before != Slots.size();) {
    Before = Slots.size();
    for (BlockId B : R.set_bits())
      for (const Instruction &I : F.Blocks[B].Body)
        if (I.Code == Op::Branch || Slots.count(I.Result))
          for (const Operand &O : I.Operands)
            if (O.isSlot())
              Slots.insert(O.Number);
  }
  return Slots;
}

bool endsByItself(const Function &F, const Region &R) {
  std::set<SlotId> Deciders = deciders(F, R);
  bool ReadsMemory = false, Counts = false;
  for (BlockId B : R.set_bits())
    for (const Instruction &I : F.Blocks[B].Body) {
      if (!Deciders.count(I.Result))
        continue;
      ReadsMemory |= group(I.Code) == OpGroup::Memory;
      Counts |= I.Code == Op::Add || I.Code == Op::Sub;
    }
  return Counts || !ReadsMemory;
}

static bool isLeft(const Function &F, const Region &R) {
  return any_of(R.set_bits(), [&](BlockId B) {
    return any_of(F.Blocks[B].Body.back().Targets, [&](BlockId T) { return !R.test(T); });
  });
}

bool allCyclesEnd(const Function &F) {
  Predecessors Before = predecessors(F);
  Region Checked(F.Blocks.size());
  for (BlockId B = 0; B < F.Blocks.size(); ++B) {
    if (Checked.test(B))
      continue;
    Region R = cycle(F, B, Before);
    if (R.any() && (!isLeft(F, R) || !endsByItself(F, R)))
      return false;
    Checked |= R;
  }
  return true;
}

} // namespace taskleak
