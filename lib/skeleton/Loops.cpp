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

/// Whether \p Holds of an operation that decides where a region goes on.
static bool anyDecider(const Function &F, const Region &R,
                       function_ref<bool(const Instruction &)> Holds) {
  std::set<SlotId> Deciders = deciders(F, R);
  return any_of(R.set_bits(), [&](BlockId B) {
    return any_of(F.Blocks[B].Body, [&](const Instruction &I) {
      return Deciders.count(I.Result) && Holds(I);
    });
  });
}

bool counts(const Function &F, const Region &R) {
  return anyDecider(F, R, [](const Instruction &I) {
    bool MovesOn = I.Code == Op::Move && I.Operands[0].isUnknown(); // while (*s++)
    return I.Code == Op::Add || I.Code == Op::Sub || MovesOn;
  });
}

bool endsByItself(const Function &F, const Region &R) {
  return counts(F, R) || !anyDecider(F, R, [](const Instruction &I) {
           return group(I.Code) == OpGroup::Memory;
         });
}

bool isLeft(const Function &F, const Region &R) {
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
