// Tidies the graph of a function: jumps to jumps, blocks nobody enters, blocks
// that follow each other.

#include "skeleton/Passes.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

bool mayRaise(const Instruction &I) {
  switch (group(I.Code)) {
  case OpGroup::Value:
  case OpGroup::Memory:
  case OpGroup::Waker:
    return false;
  case OpGroup::Call:
    return I.Code != Op::Extern || I.Flag.has(Flag::Throws);
  case OpGroup::Terminator:
    return I.Code == Op::Throw;
  case OpGroup::Object:
    return I.Code != Op::Make && I.Code != Op::Requested && I.Code != Op::Reset;
  case OpGroup::Task:
  case OpGroup::Wait:
    return true;
  }
  return true;
}

template <class Visit> static void eachEdge(Function &F, Visit V) {
  for (Block &B : F.Blocks) {
    for (BlockId &T : B.Body.back().Targets)
      V(T);
    if (B.Unwind != NoId)
      V(B.Unwind);
  }
}

static bool forgetUnwind(Function &F) {
  bool Changed = false;
  for (Block &B : F.Blocks)
    if (B.Unwind != NoId && none_of(B.Body, mayRaise)) {
      B.Unwind = NoId;
      Changed = true;
    }
  return Changed;
}

/// Where a jump to \p B ends up.
static BlockId destination(const Function &F, BlockId B) {
  BlockId To = B;
  for (size_t Steps = 0; Steps <= F.Blocks.size(); ++Steps) {
    const auto &Body = F.Blocks[To].Body;
    if (Body.size() != 1 || Body[0].Code != Op::Jump)
      return To;
    To = Body[0].Targets[0];
  }
  return B; // Jumps in a circle.
}

static bool threadJumps(Function &F) {
  bool Changed = false;
  eachEdge(F, [&](BlockId &T) {
    BlockId To = destination(F, T);
    Changed |= To != T;
    T = To;
  });
  for (Block &B : F.Blocks) {
    Instruction &Last = B.Body.back();
    if (Last.Code != Op::Branch || Last.Targets[0] != Last.Targets[1])
      continue;
    Last.Code = Op::Jump;
    Last.Operands.clear();
    Last.Text.clear();
    Last.Targets.pop_back();
    Changed = true;
  }
  return Changed;
}

static bool mergeBlocks(Function &F) {
  std::vector<unsigned> Entered(F.Blocks.size());
  ++Entered[0];
  eachEdge(F, [&](BlockId T) { ++Entered[T]; });
  bool Changed = false;
  for (BlockId A = 0; A < F.Blocks.size(); ++A) {
    Block &First = F.Blocks[A];
    if (First.Body.back().Code != Op::Jump)
      continue;
    BlockId Next = First.Body.back().Targets[0];
    Block &Second = F.Blocks[Next];
    bool Fits = First.Unwind == Second.Unwind || none_of(First.Body, mayRaise) ||
                none_of(Second.Body, mayRaise);
    if (Next == A || Entered[Next] != 1 || !Fits)
      continue;
    if (none_of(First.Body, mayRaise))
      First.Unwind = Second.Unwind;
    First.Body.pop_back();
    append_range(First.Body, Second.Body);
    // What is left of it is entered by nobody.
    Second.Unwind = NoId;
    Second.Body.erase(Second.Body.begin(), Second.Body.end() - 1);
    Second.Body.back() = Instruction();
    Second.Body.back().Code = Op::Unreachable;
    Changed = true;
    --A; // The merged block may go on.
  }
  return Changed;
}

static bool removeUnreachable(Function &F) {
  std::vector<BlockId> Number(F.Blocks.size(), NoId), Todo = {0};
  std::vector<bool> Seen(F.Blocks.size());
  Seen[0] = true;
  while (!Todo.empty()) {
    const Block &B = F.Blocks[Todo.back()];
    Todo.pop_back();
    SmallVector<BlockId, 3> Next(B.Body.back().Targets.begin(), B.Body.back().Targets.end());
    if (B.Unwind != NoId)
      Next.push_back(B.Unwind);
    for (BlockId T : Next) {
      if (!Seen[T])
        Todo.push_back(T);
      Seen[T] = true;
    }
  }
  std::vector<Block> Kept;
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    if (Seen[B]) {
      Number[B] = Kept.size();
      Kept.push_back(std::move(F.Blocks[B]));
    }
  bool Changed = Kept.size() != F.Blocks.size();
  F.Blocks = std::move(Kept);
  eachEdge(F, [&](BlockId &T) { T = Number[T]; });
  return Changed;
}

bool tidyBlocks(Function &F) {
  if (F.Blocks.empty())
    return false;
  bool Changed = forgetUnwind(F);
  Changed |= threadJumps(F);
  Changed |= removeUnreachable(F);
  Changed |= mergeBlocks(F);
  Changed |= removeUnreachable(F);
  return Changed;
}

} // namespace taskleak
