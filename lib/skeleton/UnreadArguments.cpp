// What is passed to functions that do not read it becomes unknown: tasks that differ in nothing
// else are then the same.
//   for (int i = 0; i < 3; ++i) pool.emplace_back([&, i] { work(); });

#include "skeleton/Passes.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

/// The function that the instruction passes arguments to, and those that it passes.
static std::pair<FunctionId, MutableArrayRef<Operand>> argumentsOf(Instruction &I) {
  MutableArrayRef<Operand> All = I.Operands;
  if (I.Code == Op::Call)
    return {I.Callee, All};
  bool IsBound = (I.Code == Op::Closure || I.Code == Op::Spawn) && !All.empty() &&
                 All[0].K == Operand::Kind::Function;
  return IsBound ? std::pair(FunctionId(All[0].Number), All.drop_front())
                 : std::pair(FunctionId(NoId), MutableArrayRef<Operand>());
}

static BitVector unreadParameters(const Function &F) {
  BitVector Unread(F.Params);
  if (F.Params == 0 || F.Blocks.empty())
    return Unread;
  SlotUses Uses(F);
  for (SlotId S = 0; S < F.Params && S < F.Slots.size(); ++S)
    Unread[S] = Uses.Reads[S] == 0;
  return Unread;
}

std::vector<bool> dropUnreadArguments(Unit &U) {
  std::vector<BitVector> Unread;
  for (const Function &F : U.Functions)
    Unread.push_back(unreadParameters(F));
  std::vector<bool> Changed(U.Functions.size());
  for (FunctionId F = 0; F < U.Functions.size(); ++F)
    for (Block &B : U.Functions[F].Blocks)
      for (Instruction &I : B.Body) {
        auto [Callee, Arguments] = argumentsOf(I);
        if (Callee >= U.Functions.size())
          continue;
        for (auto [N, O] : enumerate(Arguments))
          if (N < Unread[Callee].size() && Unread[Callee][N] && !O.isUnknown()) {
            O = Operand::unknown();
            Changed[F] = true;
          }
      }
  return Changed;
}

} // namespace taskleak
