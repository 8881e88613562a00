// Numbers in a container that is a member, and that nobody ever reads there:
//   ring.slots[ring.head++ % N] = sample;   and no test ever sees what is taken out
//   jobs_.push_back(id);                    how many there are may still matter
//   ++histogram[level];                     it is read only to be put back there
// What is put there is then unknown: containers of equal size are the same.

#include "skeleton/Passes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace taskleak {

namespace {

bool addsElement(const Instruction &I) {
  return I.Code == Op::Append || I.Code == Op::Prepend || I.Code == Op::SetAt;
}

/// A use of the container in its first operand that tells nothing of what is in it.
bool looksAtNoElement(const Instruction &I, const SlotUses &Uses) {
  switch (I.Code) {
  case Op::Append: case Op::Prepend: case Op::SetAt: case Op::Size: case Op::Clear:
    return true;
  case Op::At: case Op::TakeFirst: case Op::TakeLast: case Op::RemoveAt:
    return I.Result == NoId || Uses.Reads[I.Result] == 0;
  default:
    return false;
  }
}

/// The containers of one function: what its slots hold of the unit's fields.
class Containers {
  struct Held {
    unsigned Harmless = 0, Puts = 0; ///< Reads that look at no element; of those, into a field.
    const Instruction *Maker = nullptr, *Put = nullptr; ///< The last to make it, or to put it.
  };
  const Function &F;
  SlotUses Uses;
  std::vector<Held> Slots;

public:
  explicit Containers(const Function &F) : F(F), Uses(F), Slots(F.Slots.size()) {
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body) {
        if (I.Result != NoId)
          Slots[I.Result].Maker = &I;
        if (!I.Operands.empty() && I.Operands[0].isSlot() && looksAtNoElement(I, Uses))
          ++Slots[I.Operands[0].Number].Harmless;
        if (isPutInto(I))
          notePut(I, Slots[I.Operands[1].Number]);
      }
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body)
        if (I.Code == Op::At && Uses.Reads[I.Result] != 0 && isPutBack(I))
          ++Slots[I.Operands[0].Number].Harmless;
  }

  /// Takes out the fields of which an element may be read here, or whose container may be held
  /// by something else, too.
  void dropRead(StringSet<> &Fields) const {
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body)
        if (I.Code == Op::Address || (I.Code == Op::Load && !isHarmless(I.Result)) ||
            (I.Code == Op::Store && mayHoldElements(I.Operands[1]) &&
             !(isPutInto(I) && isHarmless(SlotId(I.Operands[1].Number)))))
          Fields.erase(I.Text);
  }

  /// The field whose elements \p I adds to; empty if none is known.
  StringRef fieldOf(const Instruction &I) const {
    return addsElement(I) ? heldIn(I.Operands[0]) : StringRef();
  }

private:
  /// The field that a container is in; empty if none is known.
  StringRef heldIn(const Operand &Container) const {
    if (!Container.isSlot())
      return {};
    const Held &Of = Slots[Container.Number];
    const Instruction *Names = Of.Maker && Of.Maker->Code == Op::Load ? Of.Maker : Of.Put;
    return Names ? StringRef(Names->Text) : StringRef();
  }

  /// All that becomes of an element is another of its container.
  bool isPutBack(const Instruction &At) const {
    StringRef Field = heldIn(At.Operands[0]);
    SmallVector<SlotId, 4> Work{At.Result};
    SmallSet<SlotId, 4> Followed;
    bool IsOnly = !Field.empty();
    while (IsOnly && !Work.empty()) {
      SlotId S = Work.pop_back_val();
      if (!Followed.insert(S).second)
        continue;
      IsOnly = Uses.Writes[S] == 1;
      for (const Block &B : F.Blocks)
        for (const Instruction &I : B.Body)
          if (reads(I, S))
            IsOnly &= follow(I, S, Field, Work);
    }
    return IsOnly;
  }

  static bool reads(const Instruction &I, SlotId S) {
    auto Is = [S](const Operand &O) { return O == Operand::slot(S); };
    return any_of(I.Operands, Is) || any_of(I.Named, [&](const auto &N) { return Is(N.second); });
  }

  bool follow(const Instruction &I, SlotId S, StringRef Field,
              SmallVectorImpl<SlotId> &Work) const {
    if ((I.Code == Op::Move || group(I.Code) == OpGroup::Value) && I.Code != Op::Closure) {
      Work.push_back(I.Result);
      return true;
    }
    auto Before = drop_end(I.Operands);
    return fieldOf(I) == Field &&
           none_of(Before, [&](const Operand &O) { return O == Operand::slot(S); });
  }

  static void notePut(const Instruction &I, Held &Slot) {
    ++Slot.Harmless;
    ++Slot.Puts;
    Slot.Put = &I;
  }

  bool isPutInto(const Instruction &I) const {
    if (I.Code != Op::Store || !I.Operands[1].isSlot())
      return false;
    const Instruction *From = Slots[I.Operands[1].Number].Maker;
    return From && From->Code == Op::Sequence;
  }

  bool isHarmless(SlotId S) const {
    return S == NoId || (Uses.Writes[S] == 1 && Slots[S].Puts <= 1 &&
                         Slots[S].Harmless == Uses.Reads[S]);
  }

  static bool mayHoldElements(const Operand &O) {
    return O.isSlot() || O.K == Operand::Kind::Global;
  }
};

/// An instruction, a field, and whether it adds a number to what the field holds.
template <class Visit> void forEachAddition(Function &F, Visit Do) {
  if (!anyInstruction(F, addsElement))
    return;
  Containers Of(F);
  std::vector<bool> IsNumber = numberSlots(F);
  for (Block &B : F.Blocks)
    for (Instruction &I : B.Body)
      if (StringRef Field = Of.fieldOf(I); !Field.empty())
        Do(I, Field, isNumber(I.Operands.back(), IsNumber) && !I.Operands.back().isUnknown());
}

bool mentions(const Function &F, const StringSet<> &Fields) {
  return anyInstruction(F, [&](const Instruction &I) {
    return (I.Code == Op::Load || I.Code == Op::Store || I.Code == Op::Address) &&
           Fields.contains(I.Text);
  });
}

/// Says whether there was something to forget.
bool forgetElements(Function &F, const StringSet<> &Faint) {
  bool Changed = false;
  forEachAddition(F, [&](Instruction &I, StringRef Field, bool IsNumber) {
    if (!IsNumber || !Faint.contains(Field))
      return;
    I.Operands.back() = Operand::unknown();
    if (I.Code == Op::SetAt) // Where does not matter either, only that something is put there.
      I.Operands[1] = Operand::integer(0);
    Changed = true;
  });
  return Changed;
}

} // namespace

std::vector<bool> dropFaintElements(Unit &U) {
  std::vector<bool> Changed(U.Functions.size());
  StringSet<> Faint;
  for (Function &F : U.Functions)
    forEachAddition(F, [&](const Instruction &, StringRef Field, bool IsNumber) {
      if (IsNumber)
        Faint.insert(Field);
    });
  for (const Function &F : U.Functions)
    if (!Faint.empty() && mentions(F, Faint))
      Containers(F).dropRead(Faint);
  for (FunctionId F = 0; F < U.Functions.size() && !Faint.empty(); ++F)
    Changed[F] = forgetElements(U.Functions[F], Faint);
  return Changed;
}

} // namespace taskleak
