// Slots that no instruction names any more are left out: a frame of the explorer has
// one value for each slot.

#include "skeleton/Passes.h"

using namespace llvm;

namespace taskleak {

/// Calls \p Visit with each slot number that an instruction holds.
template <typename Visitor> static void forEachSlot(Instruction &I, Visitor Visit) {
  for (SlotId *S : {&I.Result, &I.Received})
    if (*S != NoId)
      Visit(*S);
  auto VisitOperand = [&](Operand &O) {
    if (!O.isSlot())
      return;
    SlotId S = SlotId(O.Number);
    Visit(S);
    O.Number = S;
  };
  for (Operand &O : I.Operands)
    VisitOperand(O);
  for (auto &[Name, O] : I.Named)
    VisitOperand(O);
}

void dropUnusedSlots(Function &F) {
  std::vector<bool> IsUsed(F.Slots.size());
  for (SlotId S = 0; S < F.Params && S < IsUsed.size(); ++S)
    IsUsed[S] = true;
  for (Block &B : F.Blocks)
    for (Instruction &I : B.Body)
      forEachSlot(I, [&](SlotId &S) { IsUsed[S] = true; });
  std::vector<SlotId> To(F.Slots.size());
  SlotId Next = 0;
  for (SlotId S = 0; S < IsUsed.size(); ++S)
    if (IsUsed[S]) {
      To[S] = Next;
      F.Slots[Next++] = F.Slots[S];
    }
  F.Slots.resize(Next);
  for (Block &B : F.Blocks)
    for (Instruction &I : B.Body)
      forEachSlot(I, [&](SlotId &S) { S = To[S]; });
}

} // namespace taskleak
