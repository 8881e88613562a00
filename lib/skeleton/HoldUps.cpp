// Waits, and what is made for others to wait on; see HoldUps.h.

#include "skeleton/HoldUps.h"

#include "skeleton/OwnMemory.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallSet.h"

using namespace llvm;

namespace taskleak {

namespace {

/// Follows what holds an object from where it is made, in whatever order that is done.
class Keeping {
  const Function &F;
  const OwnMemory Memory;
  SmallSet<SlotId, 8> Holders; ///< The object, and what it is kept in.
  bool Leaves = false;

  bool holds(const Operand &O) const { return O.isSlot() && Holders.contains(SlotId(O.Number)); }

  /// What a write puts into its first operand.
  static ArrayRef<Operand> written(const Instruction &I) {
    bool Writes = I.Code == Op::Store || I.Code == Op::Put || I.Code == Op::SetAt ||
                  I.Code == Op::Append || I.Code == Op::Prepend;
    return Writes ? ArrayRef<Operand>(I.Operands).drop_front() : ArrayRef<Operand>();
  }

  void follow(const Instruction &I) {
    if (any_of(written(I), [&](const Operand &O) { return holds(O); })) {
      Leaves |= Memory.isForeign(I.Operands[0]);
      if (I.Operands[0].isSlot())
        Holders.insert(SlotId(I.Operands[0].Number));
    }
    if (none_of(I.Operands, [&](const Operand &O) { return holds(O); }))
      return;
    bool StaysOutOfSight = I.Code == Op::Extern;
    Leaves |= I.Code == Op::Closure || I.Code == Op::Return || group(I.Code) == OpGroup::Task ||
              (group(I.Code) == OpGroup::Call && !StaysOutOfSight);
    if (I.Result != NoId)
      Holders.insert(I.Result);
  }

public:
  explicit Keeping(const Function &F) : F(F), Memory(F) {}

  /// Whether anybody but this call and code out of sight can have what is made there.
  bool leaves(const Instruction &Made) {
    Holders.clear();
    Holders.insert(Made.Result);
    Leaves = false;
    for (size_t Before = 0; Before != Holders.size() && !Leaves;) {
      Before = Holders.size();
      for (const Block &B : F.Blocks)
        for_each(B.Body, [&](const Instruction &I) { follow(I); });
    }
    return Leaves;
  }
};

} // namespace

void HoldUps::see(const Function &F) {
  SmallVector<const Instruction *> Made;
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body) {
      bool Blocks = group(I.Code) == OpGroup::Wait && !I.Flag.has(Flag::Try);
      Waits |= I.Code == Op::Spawn || I.Code == Op::Join || (Blocks && !I.Flag.has(Flag::World));
      AsksOutside |= Blocks && I.Flag.has(Flag::World);
      if (I.Code == Op::Make)
        Made.push_back(&I);
    }
  if (Makes || Made.empty())
    return;
  Keeping Of(F);
  Makes = any_of(Made, [&](const Instruction *I) { return Of.leaves(*I); });
}

} // namespace taskleak
