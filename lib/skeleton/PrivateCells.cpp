// A variable that was boxed for the sake of a lambda which turned out to do nothing:
//   int i = 0; auto log = [&i] { print(i); };
//   %2 = cell "i" 0; ... put %2, %3; ... %4 = get %2
// becomes a slot again: nobody but its own frame can read or write it.

#include "skeleton/Passes.h"

using namespace llvm;

namespace taskleak {

/// The slots that hold such a box wherever they are read, and are read for that alone.
static std::vector<bool> privateCells(const Function &F) {
  SlotUses Uses(F);
  std::vector<unsigned> Own(F.Slots.size()), Made(F.Slots.size());
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body) {
      bool IsAccess = I.Code == Op::Get || I.Code == Op::Put || I.Code == Op::End;
      if (IsAccess && I.Operands[0].isSlot())
        ++Own[size_t(I.Operands[0].Number)];
      if (I.Code == Op::Cell && I.Result != NoId)
        ++Made[I.Result];
    }
  std::vector<bool> Found(F.Slots.size());
  for (SlotId S = F.Params; S < Found.size(); ++S)
    Found[S] = Made[S] == 1 && Uses.Writes[S] == 1 && Own[S] == Uses.Reads[S];
  return Found;
}

static void becomeMove(Instruction &I, SlotId Result, Operand From) {
  I.Code = Op::Move;
  I.Result = Result;
  I.Operands = {From};
  I.Flag = {};
}

bool dropPrivateCells(Function &F) {
  std::vector<bool> IsPrivate = privateCells(F);
  auto IsCell = [&](const Instruction &I) {
    return I.Operands[0].isSlot() && IsPrivate[size_t(I.Operands[0].Number)];
  };
  bool Changed = false;
  for (Block &B : F.Blocks) {
    Changed |= std::erase_if(B.Body, [&](const Instruction &I) {
      return I.Code == Op::End && IsCell(I);
    }) != 0;
    for (Instruction &I : B.Body) {
      if (I.Code == Op::Cell && I.Result != NoId && IsPrivate[I.Result])
        becomeMove(I, I.Result, I.Operands[0]);
      else if (I.Code == Op::Get && IsCell(I))
        becomeMove(I, I.Result, I.Operands[0]);
      else if (I.Code == Op::Put && IsCell(I))
        becomeMove(I, SlotId(I.Operands[0].Number), I.Operands[1]);
      else
        continue;
      Changed = true;
    }
  }
  return Changed;
}

} // namespace taskleak
