// Turns branches into jumps where nobody can tell the sides apart:
//   if (verbose) log();                both sides meet again, nothing in between
//   for (int i = 0; i < n; ++i) log(); a loop with nothing in it
// A loop that reads memory to see whether it goes on waits for somebody: it stays,
// unless it counts.

#include "skeleton/Passes.h"
#include "skeleton/Shape.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

#include <map>
#include <set>

using namespace llvm;

namespace taskleak {

using Region = std::set<BlockId>;

static void becomeJump(Block &B, BlockId To) {
  Instruction &Last = B.Body.back();
  Last.Code = Op::Jump;
  Last.Operands.clear();
  Last.Text.clear();
  Last.Targets = {To};
}

/// Pure operations whose results are read within the region alone.
static bool isEmpty(const Function &F, const Region &R) {
  std::set<SlotId> Written;
  for (BlockId B : R)
    for (const Instruction &I : F.Blocks[B].Body) {
      bool Moves = I.Code == Op::Jump || I.Code == Op::Branch;
      if (!Moves && !isPure(I))
        return false;
      if (I.Result != NoId)
        Written.insert(I.Result);
    }
  auto ReadsWritten = [&](const Operand &O) { return O.isSlot() && Written.count(O.Number); };
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    for (const Instruction &I : F.Blocks[B].Body)
      if (!R.count(B) && (any_of(I.Operands, ReadsWritten) ||
                          any_of(I.Named, [&](const auto &N) { return ReadsWritten(N.second); })))
        return false;
  return true;
}

/// By block: the blocks that every way from it to an exit goes through, itself included.
static std::vector<BitVector> postDominators(const Function &F) {
  size_t Count = F.Blocks.size();
  std::vector<BitVector> Sets(Count, BitVector(Count, true));
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (BlockId B = Count; B-- > 0;) {
      const auto &Targets = F.Blocks[B].Body.back().Targets;
      BitVector New(Count, !Targets.empty());
      for (BlockId T : Targets)
        New &= Sets[T];
      New.set(B);
      Changed |= New != Sets[B];
      Sets[B] = std::move(New);
    }
  }
  return Sets;
}

/// The blocks on the ways from \p From to \p To, both left out; from block \p From's targets.
static Region between(const Function &F, BlockId From, BlockId To) {
  Region R;
  std::vector<BlockId> Todo(F.Blocks[From].Body.back().Targets.begin(),
                            F.Blocks[From].Body.back().Targets.end());
  while (!Todo.empty()) {
    BlockId B = Todo.back();
    Todo.pop_back();
    if (B == To || !R.insert(B).second)
      continue;
    append_range(Todo, F.Blocks[B].Body.back().Targets);
  }
  return R;
}

/// Where the sides of \p B's branch meet first; NoId if nowhere.
static BlockId meetingPoint(const std::vector<BitVector> &After, BlockId B) {
  for (unsigned P : After[B].set_bits()) {
    if (P == B)
      continue;
    // The nearest has all the others behind it.
    bool Nearest = all_of(After[B].set_bits(),
                          [&](unsigned Q) { return Q == B || After[P].test(Q); });
    if (Nearest)
      return P;
  }
  return NoId;
}

/// The slots that the branches of a region hang on.
static std::set<SlotId> deciders(const Function &F, const Region &R) {
  std::set<SlotId> Slots;
  for (size_t Before = ~size_t(0); Before != Slots.size();) {
    Before = Slots.size();
    for (BlockId B : R)
      for (const Instruction &I : F.Blocks[B].Body)
        if (I.Code == Op::Branch || Slots.count(I.Result))
          for (const Operand &O : I.Operands)
            if (O.isSlot())
              Slots.insert(O.Number);
  }
  return Slots;
}

/// Its branches hang on a count, or at least on nothing that others change.
static bool endsByItself(const Function &F, const Region &R) {
  std::set<SlotId> Deciders = deciders(F, R);
  bool ReadsMemory = false, Counts = false;
  for (BlockId B : R)
    for (const Instruction &I : F.Blocks[B].Body) {
      if (!Deciders.count(I.Result))
        continue;
      ReadsMemory |= group(I.Code) == OpGroup::Memory;
      Counts |= I.Code == Op::Add || I.Code == Op::Sub;
    }
  return Counts || !ReadsMemory;
}

static bool hasCycle(const Function &F, const Region &R) {
  for (BlockId Start : R) {
    Region Seen = between(F, Start, NoId);
    if (Seen.count(Start))
      return true;
  }
  return false;
}

static bool foldBranch(Function &F, BlockId B, const std::vector<BitVector> &After) {
  Block &From = F.Blocks[B];
  const Instruction &Last = From.Body.back();
  if (Last.Code != Op::Branch)
    return false;
  const Operand &If = Last.Operands[0];
  if (If.K == Operand::Kind::Int || If.K == Operand::Kind::Null) {
    becomeJump(From, Last.Targets[If.Number != 0 ? 0 : 1]);
    return true;
  }
  BlockId Meet = meetingPoint(After, B);
  if (Meet == NoId)
    return false;
  Region R = between(F, B, Meet);
  if (R.count(B)) // B heads a loop; its own operations run in it.
    return false;
  if (!isEmpty(F, R) || (hasCycle(F, R) && !endsByItself(F, R)))
    return false;
  becomeJump(From, Meet);
  return true;
}

/// The blocks of the cycles through \p Head; empty if there are none.
static Region cycle(const Function &F, BlockId Head) {
  Region Ahead = between(F, Head, NoId), R;
  if (!Ahead.count(Head))
    return R;
  std::map<BlockId, std::vector<BlockId>> Before;
  for (BlockId B : Ahead)
    for (BlockId T : F.Blocks[B].Body.back().Targets)
      Before[T].push_back(B);
  std::vector<BlockId> Todo = {Head};
  while (!Todo.empty()) {
    BlockId B = Todo.back();
    Todo.pop_back();
    if (R.insert(B).second)
      append_range(Todo, Before[B]);
  }
  return R;
}

/// Where a region is left to; NoId if to several blocks, or never.
static BlockId onlyExit(const Function &F, const Region &R) {
  std::set<BlockId> Exits;
  for (BlockId B : R)
    for (BlockId T : F.Blocks[B].Body.back().Targets)
      if (!R.count(T))
        Exits.insert(T);
  return Exits.size() == 1 ? *Exits.begin() : NoId;
}

/// Leads all ways into an empty loop past it.
static bool skipLoop(Function &F, BlockId Head) {
  Region R = cycle(F, Head);
  BlockId Exit = R.empty() || *R.begin() != Head ? NoId : onlyExit(F, R);
  if (Exit == NoId || !isEmpty(F, R) || !endsByItself(F, R))
    return false;
  for (BlockId B : R) {
    F.Blocks[B].Body.clear();
    Instruction Leave;
    Leave.Code = Op::Jump;
    Leave.Targets = {Exit};
    F.Blocks[B].Body.push_back(std::move(Leave));
  }
  return true;
}

bool dropEmptyRegions(Function &F) {
  bool Changed = false;
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    if (F.Blocks[B].Body.back().Code == Op::Branch)
      Changed |= skipLoop(F, B);
  std::vector<BitVector> After = postDominators(F);
  // Inner branches first: they are numbered later as a rule.
  for (BlockId B = F.Blocks.size(); B-- > 0;)
    if (foldBranch(F, B, After)) {
      Changed = true;
      After = postDominators(F);
    }
  return Changed;
}

} // namespace taskleak
