// Removes operations whose results nobody reads:
//   %3 = load "name" %0
//   %4 = opaque "length" %3      and so on, back to front
// and objects that are only ever written to.

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

/// Writes to its first operand and does nothing else.
static bool onlyWrites(const Instruction &I) {
  switch (I.Code) {
  case Op::Store: case Op::Put: case Op::Append: case Op::Prepend: case Op::SetAt: case Op::Clear:
  case Op::End:
    return I.Operands[0].isSlot();
  default:
    return false;
  }
}

static bool makesMemory(const Instruction &I) {
  switch (I.Code) {
  case Op::New: case Op::Cell: case Op::Sequence:
    return true;
  default:
    return false;
  }
}

/// Slots that hold an object of this frame which is written, never read or passed.
static std::vector<bool> writtenOnly(const Function &F) {
  SlotUses Uses(F);
  std::vector<unsigned> Harmless(F.Slots.size());
  std::vector<bool> Found(F.Slots.size());
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body) {
      if (I.Result != NoId && makesMemory(I) && Uses.Writes[I.Result] == 1)
        Found[I.Result] = true;
      if (onlyWrites(I))
        ++Harmless[I.Operands[0].Number];
    }
  for (SlotId S = 0; S < Found.size(); ++S)
    Found[S] = Found[S] && Harmless[S] == Uses.Reads[S];
  return Found;
}

bool dropDeadValues(Function &F) {
  bool Ever = false;
  for (bool Changed = true; Changed; Ever |= Changed) {
    Changed = false;
    SlotUses Uses(F);
    std::vector<bool> Dead = writtenOnly(F);
    auto IsDead = [&](const Instruction &I) {
      if (onlyWrites(I) && Dead[I.Operands[0].Number])
        return true;
      return isPure(I) && (I.Result == NoId || Uses.Reads[I.Result] == 0);
    };
    for (Block &B : F.Blocks)
      Changed |= std::erase_if(B.Body, IsDead) != 0;
  }
  return Ever;
}

} // namespace taskleak
