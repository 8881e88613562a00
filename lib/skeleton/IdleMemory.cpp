// Memory of one frame that nobody reads:
//   std::vector<int> primes; ... primes.push_back(i);      written alone
//   zmq_msg_t m; zmq_msg_init(&m); zmq_recvmsg(s, &m, 0);  handed over, and holds nothing
// What is written to it is left out, and that the outside may do with it what it likes;
// the same goes for numbers, and handles that came from out of sight.

#include "skeleton/Passes.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

namespace {

/// Writes to its first operand and does nothing else.
bool onlyWrites(const Instruction &I) {
  switch (I.Code) {
  case Op::Store: case Op::Put: case Op::Append: case Op::Prepend: case Op::SetAt: case Op::Clear:
  case Op::End:
    return I.Operands[0].isSlot();
  default:
    return false;
  }
}

bool makesMemory(const Instruction &I) {
  return I.Code == Op::New || I.Code == Op::Cell || I.Code == Op::Sequence;
}

bool isHandedOver(const Instruction &I) {
  return I.Code == Op::Extern && I.Flag.has(Flag::Escapes) && I.Result == NoId;
}

class IdleMemory {
  Function &F;
  std::vector<bool> Memory; ///< By slot: it may point to memory that this frame has made,
  std::vector<bool> Holds;  ///< in which there may be something that matters.
  std::vector<bool> Idle;   ///< By slot: nothing hangs on what it holds or points to.

public:
  explicit IdleMemory(Function &F)
      : F(F), Memory(F.Slots.size()), Holds(F.Slots.size()), Idle(F.Slots.size(), true) {
    for (SlotId S = 0; S < F.Params && S < Idle.size(); ++S)
      Idle[S] = false;
    repeat([&](const Instruction &I) { return noteMemory(I); });
    repeat([&](const Instruction &I) { return noteUses(I); });
  }

  bool drop() {
    bool Changed = false;
    for (Block &B : F.Blocks) {
      Changed |= std::erase_if(B.Body, [&](const Instruction &I) {
        return onlyWrites(I) && isIdleMemory(I.Operands[0]);
      }) != 0;
      for (Instruction &I : B.Body)
        if (isHandedOver(I)) {
          size_t Before = I.Operands.size();
          erase_if(I.Operands, [&](const Operand &O) { return isIdle(O); });
          Changed |= I.Operands.size() != Before;
        }
    }
    return Changed;
  }

private:
  template <typename Visitor> void repeat(Visitor Visit) {
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (const Block &B : F.Blocks)
        for (const Instruction &I : B.Body)
          Changed |= Visit(I);
    }
  }

  bool isMemory(const Operand &O) const { return O.isSlot() && Memory[size_t(O.Number)]; }

  bool isIdle(const Operand &O) const {
    if (O.isSlot())
      return Idle[size_t(O.Number)];
    return O.K != Operand::Kind::Global && O.K != Operand::Kind::Function;
  }

  bool isIdleMemory(const Operand &O) const { return isMemory(O) && isIdle(O); }

  static bool set(std::vector<bool> &Bits, SlotId S, bool To) {
    if (S == NoId || Bits[S] == To)
      return false;
    Bits[S] = To;
    return true;
  }

  bool noteMemory(const Instruction &I) {
    bool IsMemory = makesMemory(I) || (I.Code == Op::Move && isMemory(I.Operands[0]));
    return IsMemory && set(Memory, I.Result, true);
  }

  /// What it yields is no more than what it was given.
  bool yieldsIdle(const Instruction &I) const {
    if (I.Code == Op::Move)
      return isIdle(I.Operands[0]);
    return makesMemory(I) || (group(I.Code) == OpGroup::Value && I.Code != Op::Closure);
  }

  bool noteUses(const Instruction &I) {
    bool Changed = !yieldsIdle(I) && set(Idle, I.Result, false);
    Changed |= set(Idle, I.Received, false);
    if (I.Code == Op::Cell && !all_of(I.Operands, [&](const Operand &O) { return isIdle(O); }))
      Changed |= set(Holds, I.Result, true);
    for (size_t N = 0; N < I.Operands.size(); ++N)
      if (isMemory(I.Operands[N]))
        Changed |= noteUse(I, N, SlotId(I.Operands[N].Number));
    for (const auto &[Name, O] : I.Named)
      if (O.isSlot())
        Changed |= set(Idle, SlotId(O.Number), false);
    return Changed;
  }

  /// Of memory: whether it is looked at, and whether something is put there.
  bool noteUse(const Instruction &I, size_t N, SlotId S) {
    if (I.Code == Op::Move) {
      bool Changed = Holds[S] != Holds[I.Result];
      Holds[S] = Holds[I.Result] = Holds[S] || Changed;
      Changed |= !Idle[I.Result] && set(Idle, S, false);
      return Changed;
    }
    if (onlyWrites(I) && N == 0) {
      bool IsMore = any_of(drop_begin(I.Operands), [&](const Operand &O) { return !isIdle(O); });
      return IsMore && set(Holds, S, true);
    }
    if (isHandedOver(I) && !Holds[S])
      return false;
    return set(Idle, S, false);
  }
};

} // namespace

bool dropIdleMemory(Function &F) { return IdleMemory(F).drop(); }

} // namespace taskleak
