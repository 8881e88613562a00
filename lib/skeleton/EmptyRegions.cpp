// Turns branches into jumps where nobody can tell the sides apart:
//   if (verbose) log();                both sides meet again, nothing in between
//   for (int i = 0; i < n; ++i) log(); a loop with nothing in it
//   for (char c : s) h = (h ^ c) * p;  a loop that yields some number

#include "skeleton/Digests.h"
#include "skeleton/Loops.h"
#include "skeleton/Passes.h"
#include "skeleton/Shape.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"

#include <map>

using namespace llvm;

namespace taskleak {

namespace {

class EmptyRegions {
  Function &F;
  std::vector<std::vector<BlockId>> Readers; ///< By slot: blocks that have read it at first.
  std::vector<bool> Pure;                    ///< By block: it computes and moves on.

public:
  explicit EmptyRegions(Function &F) : F(F), Readers(F.Slots.size()), Pure(F.Blocks.size()) {
    for (BlockId B = 0; B < F.Blocks.size(); ++B) {
      Pure[B] = all_of(F.Blocks[B].Body, [](const Instruction &I) {
        return I.Code == Op::Jump || I.Code == Op::Branch || isPure(I);
      });
      for (const Instruction &I : F.Blocks[B].Body) {
        for (const Operand &O : I.Operands)
          noteRead(O, B);
        for (const auto &Named : I.Named)
          noteRead(Named.second, B);
      }
    }
  }

  bool foldConstants();
  bool skipLoops();
  bool foldBranches();

private:
  void noteRead(const Operand &O, BlockId B) {
    if (O.isSlot())
      Readers[O.Number].push_back(B);
  }
  bool isPureIn(const Region &R) const;
  std::map<SlotId, const Instruction *> results(const Region &R) const;
  bool isEmpty(const Region &R) const;
  bool skipLoop(BlockId Head, const Predecessors &Before);
  bool mayFold(BlockId B) const;
  bool foldBranch(BlockId B, const PostDominators &After);
};

} // namespace

void becomeJump(Block &B, BlockId To) {
  Instruction &Last = B.Body.back();
  Last.Code = Op::Jump;
  Last.Operands.clear();
  Last.Text.clear();
  Last.Targets = {To};
}

bool EmptyRegions::isPureIn(const Region &R) const {
  return all_of(R.set_bits(), [&](BlockId B) { return bool(Pure[B]); });
}

/// The last operation of \p R for each of its results that is read outside.
std::map<SlotId, const Instruction *> EmptyRegions::results(const Region &R) const {
  std::map<SlotId, const Instruction *> Read;
  for (BlockId B : R.set_bits())
    for (const Instruction &I : F.Blocks[B].Body)
      if (I.Result != NoId &&
          any_of(Readers[I.Result], [&](BlockId Reader) { return !R.test(Reader); }))
        Read[I.Result] = &I;
  return Read;
}

bool EmptyRegions::isEmpty(const Region &R) const { return isPureIn(R) && results(R).empty(); }

bool EmptyRegions::foldConstants() {
  bool Changed = false;
  for (BlockId B = 0; B < F.Blocks.size(); ++B) {
    const Instruction &Last = F.Blocks[B].Body.back();
    if (Last.Code != Op::Branch)
      continue;
    const Operand &If = Last.Operands[0];
    if (If.K != Operand::Kind::Int && If.K != Operand::Kind::Null)
      continue;
    becomeJump(F.Blocks[B], Last.Targets[If.Number != 0 ? 0 : 1]);
    Changed = true;
  }
  return Changed;
}

/// Leads all ways into an empty loop past it.
bool EmptyRegions::skipLoop(BlockId Head, const Predecessors &Before) {
  Region R = cycle(F, Head, Before);
  BlockId Exit = R.find_first() != int(Head) ? NoId : onlyExit(F, R);
  if (Exit == NoId || !isPureIn(R) || !endsByItself(F, R))
    return false;
  std::vector<Instruction> Yielded;
  std::vector<bool> IsDigest;
  for (const auto &[Slot, Last] : results(R)) {
    if (IsDigest.empty())
      IsDigest = digests(F, R);
    if (!IsDigest[Slot])
      return false;
    Instruction &Some = Yielded.emplace_back();
    Some.Code = Op::Symbol;
    Some.Text = Last->Text.empty() ? F.Slots[Slot].Name : Last->Text;
    Some.At = Last->At;
    Some.Result = Slot;
  }
  for (BlockId B : R.set_bits()) {
    F.Blocks[B].Body.clear();
    Instruction Leave;
    Leave.Code = Op::Jump;
    Leave.Targets = {Exit};
    F.Blocks[B].Body.push_back(std::move(Leave));
  }
  llvm::append_range(Yielded, std::exchange(F.Blocks[Head].Body, {}));
  F.Blocks[Head].Body = std::move(Yielded);
  return true;
}

bool EmptyRegions::skipLoops() {
  Predecessors Before = predecessors(F);
  bool Changed = false;
  for (BlockId B = 0; B < F.Blocks.size(); ++B) {
    // The first block of a cycle is led to by a later one.
    bool IsFirst = !Before[B].empty() && Before[B].back() >= B && Pure[Before[B].back()];
    if (!IsFirst || !Pure[B] || F.Blocks[B].Body.back().Code != Op::Branch || !skipLoop(B, Before))
      continue;
    Before = predecessors(F);
    Changed = true;
  }
  return Changed;
}

/// A side that does something cannot be left out, unless it is where both go on.
bool EmptyRegions::mayFold(BlockId B) const {
  const Instruction &Last = F.Blocks[B].Body.back();
  return Last.Code == Op::Branch && (Pure[Last.Targets[0]] || Pure[Last.Targets[1]] ||
                                      Last.Targets[0] == Last.Targets[1]);
}

bool EmptyRegions::foldBranch(BlockId B, const PostDominators &After) {
  if (!mayFold(B))
    return false;
  BlockId Meet = After.nearest(B);
  if (Meet == NoId)
    return false;
  Region R = between(F, B, Meet);
  if (R.test(B)) // B heads a loop; its own operations run in it.
    return false;
  if (!isEmpty(R) || (hasCycle(F, R) && !endsByItself(F, R)))
    return false;
  becomeJump(F.Blocks[B], Meet);
  return true;
}

bool EmptyRegions::foldBranches() {
  if (none_of(seq<BlockId>(0, F.Blocks.size()), [&](BlockId B) { return mayFold(B); }))
    return false;
  // To leave out what lies before a meeting point changes nobody's meeting point.
  PostDominators After(F);
  bool Changed = false;
  // Inner branches first: they are numbered later as a rule.
  for (BlockId B = F.Blocks.size(); B-- > 0;)
    Changed |= foldBranch(B, After);
  return Changed;
}

bool dropEmptyRegions(Function &F) {
  EmptyRegions Empty(F);
  bool Changed = Empty.foldConstants();
  Changed |= Empty.skipLoops();
  Changed |= Empty.foldBranches();
  return Changed;
}

} // namespace taskleak
