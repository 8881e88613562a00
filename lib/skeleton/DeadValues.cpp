// Removes operations whose results nobody reads:
//   %3 = load "name" %0
//   %4 = opaque "length" %3      and so on, back to front

#include "skeleton/Passes.h"
#include "skeleton/Shape.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

SlotUses::SlotUses(const Function &F) : Writes(F.Slots.size()), Reads(F.Slots.size()) {
  for (SlotId S = 0; S < F.Params && S < Writes.size(); ++S)
    ++Writes[S];
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body) {
      for (SlotId S : {I.Result, I.Received})
        if (S != NoId)
          ++Writes[S];
      // `%1 = add %1, 1` alone keeps nothing alive.
      for (const Operand &O : I.Operands)
        if (O.isSlot() && !(isPure(I) && I.Result == O.Number))
          ++Reads[O.Number];
      for (const auto &[Name, Value] : I.Named)
        if (Value.isSlot())
          ++Reads[Value.Number];
    }
}

bool dropDeadValues(Function &F) {
  bool Ever = false;
  for (bool Changed = true; Changed; Ever |= Changed) {
    Changed = false;
    SlotUses Uses(F);
    auto IsDead = [&](const Instruction &I) {
      return isPure(I) && (I.Result == NoId || Uses.Reads[I.Result] == 0);
    };
    for (Block &B : F.Blocks)
      Changed |= std::erase_if(B.Body, IsDead) != 0;
  }
  return Ever;
}

} // namespace taskleak
