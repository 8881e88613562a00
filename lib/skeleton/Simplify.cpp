// Runs the passes until nothing changes; see Simplify.h.

#include "skeleton/Simplify.h"

#include "skeleton/Passes.h"

#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace taskleak {

/// Results that are numbers or unknown, never objects: a store of one keeps nothing alive.
static bool yieldsNumber(const Instruction &I, const std::vector<bool> &IsNumber) {
  if (I.Code == Op::Move)
    return I.Operands[0].isSlot() ? IsNumber[I.Operands[0].Number]
                                  : I.Operands[0].K != Operand::Kind::Global &&
                                        I.Operands[0].K != Operand::Kind::Function;
  return (group(I.Code) == OpGroup::Value && I.Code != Op::Closure) || I.Code == Op::Extern ||
         I.Code == Op::Size || I.Code == Op::Requested;
}

static std::vector<bool> numberSlots(const Function &F) {
  std::vector<bool> IsNumber(F.Slots.size(), true);
  std::fill_n(IsNumber.begin(), std::min<size_t>(F.Params, IsNumber.size()), false);
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body) {
        if (I.Received != NoId && IsNumber[I.Received])
          IsNumber[I.Received] = false, Changed = true;
        if (I.Result == NoId || !IsNumber[I.Result] || yieldsNumber(I, IsNumber))
          continue;
        IsNumber[I.Result] = false;
        Changed = true;
      }
  }
  return IsNumber;
}

bool dropDeadFields(Unit &U) {
  StringSet<> Loaded;
  for (const Function &F : U.Functions)
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body)
        if (I.Code == Op::Load || I.Code == Op::Address)
          Loaded.insert(I.Text);
  bool Changed = false;
  for (Function &F : U.Functions) {
    std::vector<bool> IsNumber = numberSlots(F);
    for (Block &B : F.Blocks)
      Changed |= std::erase_if(B.Body, [&](const Instruction &I) {
        if (I.Code != Op::Store || Loaded.contains(I.Text))
          return false;
        const Operand &V = I.Operands[1];
        return V.isSlot() ? IsNumber[V.Number]
                          : V.K != Operand::Kind::Global && V.K != Operand::Kind::Function;
      }) != 0;
  }
  return Changed;
}

static bool simplifyFunction(const Unit &U, Function &F, const SilentCalls &Silent) {
  bool Ever = false;
  for (bool Changed = true; Changed; Ever |= Changed) {
    Changed = Silent.replaceIn(U, F);
    Changed |= dropDeadValues(F);
    Changed |= dropEmptyRegions(F);
    Changed |= tidyBlocks(F);
  }
  return Ever;
}

void simplify(Unit &U) {
  for (bool Changed = true; Changed;) {
    Changed = dropDeadFields(U);
    CallGraph Graph(U);
    SilentCalls Silent(U);
    for (FunctionId F : Graph.BottomUp) {
      Changed |= simplifyFunction(U, U.Functions[F], Silent);
      Silent.learn(U, F);
    }
  }
}

} // namespace taskleak
