// Blocking operations of a function that has a cancel in scope and does not use
// it; see Obligation.h.
//   void drain(stop_token T, Channel &C) { while (!T.stop_requested()) C.pop(); }

#include "flow/Obligation.h"

#include "skeleton/CallGraph.h"

#include "llvm/ADT/ArrayRef.h"
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

/// Some function of the unit wakes others when a cancel is requested: by a callback, or
/// because who requests it also closes or notifies.
static bool wakesBesides(const Unit &U) {
  auto Any = [&](const Function &F, ArrayRef<Op> Codes) {
    return any_of(F.Blocks, [&](const Block &B) {
      return any_of(B.Body, [&](const Instruction &I) { return is_contained(Codes, I.Code); });
    });
  };
  constexpr Op Wakers[] = {Op::Notify, Op::Close, Op::Interrupt, Op::Send, Op::Count, Op::Fulfil};
  CallGraph Graph(U);
  std::vector<bool> Requests, Wakes;
  for (const Function &F : U.Functions) {
    if (Any(F, {Op::OnRequest}))
      return true;
    Requests.push_back(Any(F, {Op::Request}));
    Wakes.push_back(Any(F, Wakers));
  }
  Graph.spreadToCallers(Requests);
  Graph.spreadToCallers(Wakes);
  for (FunctionId F = 0; F < U.Functions.size(); ++F)
    if (Requests[F] && Wakes[F])
      return true;
  return false;
}

/// Can \p From come to \p To, without passing a block of \p But?
static bool comesTo(const Function &F, BlockId From, BlockId To, const std::vector<bool> &But) {
  std::vector<bool> Seen(F.Blocks.size());
  std::vector<BlockId> Work(F.Blocks[From].Body.back().Targets.begin(),
                            F.Blocks[From].Body.back().Targets.end());
  while (!Work.empty()) {
    BlockId B = Work.back();
    Work.pop_back();
    if (B == To)
      return true;
    if (Seen[B] || But[B])
      continue;
    Seen[B] = true;
    append_range(Work, F.Blocks[B].Body.back().Targets);
  }
  return false;
}

static std::vector<bool> blocksThatTest(const Function &F) {
  std::vector<bool> Tests;
  for (const Block &B : F.Blocks)
    Tests.push_back(
        any_of(B.Body, [](const Instruction &I) { return I.Code == Op::Requested; }));
  return Tests;
}

/// A lambda of \p F has the cancel: the predicate of a wait, perhaps.
static bool isCaptured(const Function &F, SlotId Cancel, const std::vector<SlotId> &Behind) {
  return any_of(F.Blocks, [&](const Block &B) {
    return any_of(B.Body, [&](const Instruction &I) {
      return I.Code == Op::Closure && any_of(I.Operands, [&](const Operand &O) {
               return O.isSlot() && Behind[O.Number] == Cancel;
             });
    });
  });
}

/// After each waking the cancel is tested before it waits again.
static bool isTestedEachTime(const Function &F, BlockId Wait) {
  std::vector<bool> None(F.Blocks.size());
  return comesTo(F, Wait, Wait, None) && !comesTo(F, Wait, Wait, blocksThatTest(F));
}

std::vector<UnusedCancel> waitsIgnoringCancel(const Unit &U, FunctionId Id) {
  const Function &F = U.Functions[Id];
  std::vector<UnusedCancel> Found;
  std::vector<SlotId> Behind = parametersBehind(F);
  SlotId Cancel = cancelInScope(F, Behind);
  bool WakesOnRequest = any_of(F.Blocks, [](const Block &B) {
    return any_of(B.Body, [](const Instruction &I) { return I.Code == Op::OnRequest; });
  });
  if (Cancel == NoId || WakesOnRequest)
    return Found;
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    for (uint32_t N = 0; N < F.Blocks[B].Body.size(); ++N)
      if (blocksWithout(F.Blocks[B].Body[N])) {
        bool IsCondition = F.Blocks[B].Body[N].Code == Op::Wait;
        bool MayBeWoken = wakesBesides(U) || (IsCondition && (isTestedEachTime(F, B) ||
                                                             isCaptured(F, Cancel, Behind)));
        Found.push_back({{Id, B, N}, F.Slots[Cancel].Name, MayBeWoken});
      }
  return Found;
}

std::vector<UnusedCancel> sleepsIgnoringCancel(const Unit &U, FunctionId Id) {
  const Function &F = U.Functions[Id];
  std::vector<UnusedCancel> Found;
  std::vector<bool> None(F.Blocks.size());
  auto Name = [&](BlockId Round) {
    for (BlockId B = 0; B < F.Blocks.size(); ++B)
      for (const Instruction &I : F.Blocks[B].Body)
        if (I.Code == Op::Requested && I.Operands[0].isSlot() && comesTo(F, B, Round, None) &&
            comesTo(F, Round, B, None))
          return std::optional(F.Slots[I.Operands[0].Number].Name);
    return std::optional<std::string>();
  };
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    for (uint32_t N = 0; N < F.Blocks[B].Body.size(); ++N)
      if (const Instruction &I = F.Blocks[B].Body[N];
          I.Code == Op::Yield && I.Flag.has(Flag::Long))
        if (auto Cancel = Name(B))
          Found.push_back({{Id, B, N}, *Cancel});
  return Found;
}

} // namespace taskleak
