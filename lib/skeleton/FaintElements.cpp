// Numbers in a container that is a member, and that nobody ever reads there:
//   ring.slots[ring.head++ % N] = sample;   and no test ever sees what is taken out
//   jobs_.push_back(id);                    how many there are may still matter
// What is put there is then unknown: containers of equal size are the same.

#include "skeleton/Passes.h"

#include "llvm/ADT/STLExtras.h"
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
  const Function &F;
  SlotUses Uses;
  std::vector<unsigned> Harmless; ///< By slot: reads that look at no element.
  std::vector<unsigned> Puts;     ///< By slot: fields that it is put into,
  std::vector<const Instruction *> PutBy; ///< and the last to do so.
  std::vector<const Instruction *> Maker;

public:
  explicit Containers(const Function &F)
      : F(F), Uses(F), Harmless(F.Slots.size()), Puts(F.Slots.size()),
        PutBy(F.Slots.size()), Maker(F.Slots.size()) {
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body) {
        if (I.Result != NoId)
          Maker[I.Result] = &I;
        if (!I.Operands.empty() && I.Operands[0].isSlot() && looksAtNoElement(I, Uses))
          ++Harmless[I.Operands[0].Number];
        if (isPutInto(I))
          notePut(I, I.Operands[1].Number);
      }
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
    if (!addsElement(I) || !I.Operands[0].isSlot())
      return {};
    const Instruction *From = Maker[I.Operands[0].Number], *Put = PutBy[I.Operands[0].Number];
    const Instruction *Names = From && From->Code == Op::Load ? From : Put;
    return Names ? StringRef(Names->Text) : StringRef();
  }

private:
  void notePut(const Instruction &I, size_t Slot) {
    ++Harmless[Slot];
    ++Puts[Slot];
    PutBy[Slot] = &I;
  }

  bool isPutInto(const Instruction &I) const {
    if (I.Code != Op::Store || !I.Operands[1].isSlot())
      return false;
    const Instruction *From = Maker[I.Operands[1].Number];
    return From && From->Code == Op::Sequence;
  }

  bool isHarmless(SlotId S) const {
    return S == NoId ||
           (Uses.Writes[S] == 1 && Puts[S] <= 1 && Harmless[S] == Uses.Reads[S]);
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
      if (StringRef Field = Of.fieldOf(I); !Field.empty()) {
        const Operand &Added = I.Operands.back();
        Do(I, Field,
           Added.isSlot() ? IsNumber[Added.Number] : Added.K == Operand::Kind::Int);
      }
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
