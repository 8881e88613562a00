// One function made ready to run, when a task first enters it.

#include "explore/Operands.h"
#include "explore/Program.h"

namespace taskleak {

const CodeFunction Program::OutOfSight;

/// Notes at each block how it is reached.
static void markJoins(CodeFunction &F) {
  std::vector<unsigned> Preds(F.Blocks.size());
  std::vector<uint8_t> Seen(F.Blocks.size()); // 1: on the path, 2: done
  std::vector<std::pair<BlockId, size_t>> Path;
  auto Successors = [&](BlockId B) {
    llvm::SmallVector<BlockId, 4> Out(F.Blocks[B].Body.back().I->Targets.begin(),
                                      F.Blocks[B].Body.back().I->Targets.end());
    if (F.Blocks[B].Unwind != NoId)
      Out.push_back(F.Blocks[B].Unwind);
    return Out;
  };
  Path.push_back({0, 0});
  Seen[0] = 1;
  while (!Path.empty()) {
    auto &[B, Next] = Path.back();
    auto Out = Successors(B);
    if (Next == Out.size()) {
      Seen[B] = 2;
      Path.pop_back();
      continue;
    }
    BlockId To = Out[Next++];
    F.Blocks[To].Joins |= ++Preds[To] > 1;
    F.Blocks[To].LoopHead |= Seen[To] == 1;
    if (Seen[To] == 0) {
      Seen[To] = 1;
      Path.push_back({To, 0});
    }
  }
}

const CodeFunction *Program::decode(FunctionId Id) const {
  const Function &F = U.Functions[Id];
  auto Out = std::make_unique<CodeFunction>();
  Out->F = &F;
  Out->Slots = std::max<uint32_t>(F.Params, uint32_t(F.Slots.size()));
  Out->Blocks.resize(F.Blocks.size());
  for (BlockId B = 0; B < F.Blocks.size(); ++B) {
    CodeBlock &Block = Out->Blocks[B];
    Block.Unwind = F.Blocks[B].Unwind;
    Block.Body.reserve(F.Blocks[B].Body.size());
    for (uint32_t I = 0; I < F.Blocks[B].Body.size(); ++I) {
      Block.Body.push_back(decode(F.Blocks[B].Body[I], *Out));
      Sites.push_back({Id, B, I});
      noteOverriders(F.Blocks[B].Body[I]);
    }
  }
  markJoins(*Out);
  Functions[Id] = Out.get();
  Decoded.push_back(std::move(Out));
  return Functions[Id];
}

Code Program::decode(const Instruction &I, CodeFunction &Into) const {
  auto Widen = [&](uint64_t Slot) {
    constexpr uint64_t MostSlots = 1u << 20;
    if (Slot < MostSlots)
      Into.Slots = std::max(Into.Slots, uint32_t(Slot) + 1);
  };
  Code C;
  C.I = &I;
  C.Site = uint32_t(Sites.size());
  C.Text = intern(I.Text);
  forEachOperand(I, [&](const Operand &O) {
    if (O.isSlot())
      Widen(uint64_t(O.Number));
  });
  Widen(I.Result);
  Widen(I.Received);
  for (const Operand &O : I.Operands)
    C.Args.push_back(decode(O));
  for (const auto &[Name, O] : I.Named)
    (Name == Role::Cancel ? C.Cancel
     : Name == Role::Done ? C.Done
     : Name == Role::Fulfil ? C.Fulfil : C.Strand) = decode(O);
  return C;
}

Arg Program::decode(const Operand &O) const {
  switch (O.K) {
  case Operand::Kind::Slot:
    return {Arg::Kind::Slot, uint32_t(O.Number), {}};
  case Operand::Kind::Global:
    return {Arg::Kind::Global, uint32_t(O.Number), {}};
  case Operand::Kind::Int:
    return {Arg::Kind::Constant, 0, Value::integer(number(O.Number))};
  case Operand::Kind::Null:
    return {Arg::Kind::Constant, 0, Value::null()};
  case Operand::Kind::Function:
    return {Arg::Kind::Constant, 0, Value::function(uint32_t(O.Number))};
  case Operand::Kind::Unknown:
    break;
  }
  return {};
}

} // namespace taskleak
