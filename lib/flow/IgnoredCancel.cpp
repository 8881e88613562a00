// Blocking operations of a function that has a cancel in scope and does not use
// it; see Obligation.h.
//   void drain(stop_token T, Channel &C) { while (!T.stop_requested()) C.pop(); }

#include "flow/Obligation.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

/// Operands that only a cancel can be.
static SmallVector<Operand, 2> cancels(const Instruction &I) {
  SmallVector<Operand, 2> Found;
  if (I.Code == Op::Requested || I.Code == Op::OnRequest ||
      (I.Code == Op::Make && I.Kind == ObjectKind::Cancel && !I.Operands.empty()))
    Found.push_back(I.Operands[0]);
  if (auto Used = I.named(Role::Cancel))
    Found.push_back(*Used);
  return Found;
}

/// A slot that is a parameter, or was moved or loaded from one: that parameter's slot.
static std::vector<SlotId> parametersBehind(const Function &F) {
  std::vector<SlotId> Behind(F.Slots.size(), NoId);
  for (SlotId P = 0; P < F.Params && P < Behind.size(); ++P)
    Behind[P] = P;
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body) {
        bool Passes = I.Code == Op::Move || I.Code == Op::Copy || I.Code == Op::Get;
        if (!Passes || I.Result == NoId || Behind[I.Result] != NoId || !I.Operands[0].isSlot())
          continue;
        Behind[I.Result] = Behind[I.Operands[0].Number];
        Changed |= Behind[I.Result] != NoId;
      }
  }
  return Behind;
}

static bool blocksWithout(const Instruction &I) {
  switch (I.Code) {
  case Op::Send: case Op::Receive: case Op::Wait: case Op::Await: case Op::Acquire:
    return !I.named(Role::Cancel) && !I.Flag.has(Flag::Timed) && !I.Flag.has(Flag::Try) &&
           !I.Flag.has(Flag::Ambient);
  default:
    return false;
  }
}

/// The parameter that is a cancel: by its type, or because it is used as one.
static SlotId cancelInScope(const Function &F, const std::vector<SlotId> &Behind) {
  for (SlotId P = 0; P < F.Params && P < F.Slots.size(); ++P)
    if (F.Slots[P].Kind == ObjectKind::Cancel)
      return P;
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      for (const Operand &O : cancels(I))
        if (O.isSlot() && Behind[O.Number] != NoId)
          return Behind[O.Number];
  return NoId;
}

std::vector<UnusedCancel> waitsIgnoringCancel(const Unit &U, FunctionId Id) {
  const Function &F = U.Functions[Id];
  std::vector<UnusedCancel> Found;
  SlotId Cancel = cancelInScope(F, parametersBehind(F));
  bool WakesOnRequest = any_of(F.Blocks, [](const Block &B) {
    return any_of(B.Body, [](const Instruction &I) { return I.Code == Op::OnRequest; });
  });
  if (Cancel == NoId || WakesOnRequest)
    return Found;
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    for (uint32_t N = 0; N < F.Blocks[B].Body.size(); ++N)
      if (blocksWithout(F.Blocks[B].Body[N]))
        Found.push_back({{Id, B, N}, F.Slots[Cancel].Name});
  return Found;
}

} // namespace taskleak
