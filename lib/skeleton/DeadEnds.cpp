// Leaves out ways that errors take to the end of the process:
//   int rc = bind(fd, ...); if (rc != 0) { perror("bind"); exit(1); }
// What was answered is asked only there, so what comes after does not hang on it.
// Where the other side goes on for ever, the end is one that others may wait for.

#include "skeleton/Passes.h"
#include "skeleton/Shape.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace llvm;

namespace taskleak {

namespace {

class DeadEnds {
  Function &F;
  std::vector<bool> Dead; ///< By block: from its start, the process ends and nothing is noticed.
  std::vector<bool> Ends; ///< By block: another end than such a one can follow it.

public:
  explicit DeadEnds(Function &F) : F(F), Dead(F.Blocks.size()), Ends(F.Blocks.size()) {
    grow(Dead, [&](BlockId B) { return isDead(B); });
    grow(Ends, [&](BlockId B) { return goesOn(B); });
  }

  bool drop() {
    bool Changed = false;
    for (BlockId B = 0; B < F.Blocks.size(); ++B) {
      const Instruction &Last = F.Blocks[B].Body.back();
      if (Last.Code != Op::Branch || Dead[Last.Targets[0]] == Dead[Last.Targets[1]])
        continue;
      BlockId Stays = Last.Targets[Dead[Last.Targets[0]] ? 1 : 0];
      if (!Ends[Stays] || !asksOnlyHere(B, Stays))
        continue;
      becomeJump(F.Blocks[B], Stays);
      Changed = true;
    }
    return Changed;
  }

private:
  /// Sets the blocks of which \p Holds, until no more follow from those.
  static void grow(std::vector<bool> &Set, function_ref<bool(BlockId)> Holds) {
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (BlockId B = Set.size(); B-- > 0;)
        if (!Set[B] && Holds(B))
          Changed = Set[B] = true;
    }
  }

  bool endsProcess(const Instruction &Last) const {
    if (Last.Code == Op::Exit || Last.Code == Op::Unreachable)
      return true;
    // `return 1` in main; what it returns when all is well is 0.
    return Last.Code == Op::Return && F.IsMain && !Last.Operands.empty() &&
           Last.Operands[0].K == Operand::Kind::Int && Last.Operands[0].Number != 0;
  }

  /// Nobody can tell what happens but for the end of the process.
  static bool isQuiet(const Instruction &I) {
    return isPure(I) || (I.Code == Op::Extern && !I.Flag.has(Flag::Throws));
  }

  bool isDead(BlockId B) const {
    const std::vector<Instruction> &Body = F.Blocks[B].Body;
    const Instruction &Last = Body.back();
    if (!all_of(drop_end(Body), isQuiet))
      return false;
    bool Leads = Last.Code == Op::Jump || Last.Code == Op::Branch;
    return Leads ? all_of(Last.Targets, [&](BlockId T) { return bool(Dead[T]); })
                 : endsProcess(Last);
  }

  /// The branch of \p B tests an answer from out of sight that \p Next does not need.
  bool asksOnlyHere(BlockId B, BlockId Next) const {
    ArrayRef<Instruction> Body = F.Blocks[B].Body;
    SmallDenseSet<SlotId, 4> Holders; // Of the answer and of what follows from it.
    Operand Tested = Body.back().Operands[0];
    for (const Instruction &I : reverse(Body.drop_back())) {
      if (I.Result == NoId || !Tested.isSlot() || I.Result != Tested.Number) {
        if (reads(I, Holders) || I.Received == Tested.Number)
          return false;
        continue;
      }
      if (!Holders.insert(I.Result).second)
        return false;
      if (I.Code == Op::Symbol)
        return none_of(Holders, [&](SlotId S) { return isReadFrom(Next, S); });
      if (!isTest(I))
        return false;
      Tested = I.Operands[0];
    }
    return false;
  }

  static bool isTest(const Instruction &I) {
    switch (I.Code) {
    case Op::Move: case Op::Not: case Op::Eq: case Op::Ne:
      return true;
    case Op::Lt: case Op::Le:
      return I.Operands[1].K == Operand::Kind::Int || I.Operands[1].K == Operand::Kind::Null;
    default:
      return false;
    }
  }

  static bool reads(const Instruction &I, const SmallDenseSet<SlotId, 4> &Slots) {
    auto IsOne = [&](const Operand &O) { return O.isSlot() && Slots.contains(SlotId(O.Number)); };
    return any_of(I.Operands, IsOne) ||
           any_of(I.Named, [&](const auto &Named) { return IsOne(Named.second); });
  }

  /// Whether \p Slot is read from the start of \p B on, before it is written.
  bool isReadFrom(BlockId B, SlotId Slot) const {
    SmallDenseSet<SlotId, 4> Wanted = {Slot};
    BitVector Seen(F.Blocks.size());
    SmallVector<BlockId, 16> Todo = {B};
    while (!Todo.empty()) {
      BlockId Now = Todo.pop_back_val();
      if (Seen.test(Now))
        continue;
      Seen.set(Now);
      bool Goes = true;
      for (const Instruction &I : F.Blocks[Now].Body) {
        if (reads(I, Wanted))
          return true;
        if (I.Result == Slot || I.Received == Slot) {
          Goes = false;
          break;
        }
      }
      if (F.Blocks[Now].Unwind != NoId)
        Todo.push_back(F.Blocks[Now].Unwind);
      if (Goes)
        append_range(Todo, F.Blocks[Now].Body.back().Targets);
    }
    return false;
  }

  bool goesOn(BlockId B) const {
    const Instruction &Last = F.Blocks[B].Body.back();
    if (Last.Targets.empty())
      return !Dead[B];
    return any_of(Last.Targets, [&](BlockId T) { return bool(Ends[T]); });
  }
};

} // namespace

bool dropDeadEnds(Function &F) { return DeadEnds(F).drop(); }

} // namespace taskleak
