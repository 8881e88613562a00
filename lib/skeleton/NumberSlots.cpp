// What holds nothing but numbers, or what is unknown, and never an object: slots, and fields.
//   struct Sample { int sensor, value; };   ring.slots[i].value = sample.value;

#include "skeleton/Passes.h"

#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace taskleak {

bool isNumber(const Operand &O, const std::vector<bool> &IsNumber) {
  return O.isSlot() ? IsNumber[O.Number]
                    : O.K != Operand::Kind::Global && O.K != Operand::Kind::Function;
}

/// Results that are numbers or unknown, never objects: a store of one keeps nothing alive.
static bool yieldsNumber(const Instruction &I, const std::vector<bool> &IsNumber,
                         const StringSet<> &Fields) {
  if (I.Code == Op::Move)
    return isNumber(I.Operands[0], IsNumber);
  bool IsStep = (I.Code == Op::Add || I.Code == Op::Sub) && I.Flag.has(Flag::Foreign);
  return (group(I.Code) == OpGroup::Value && I.Code != Op::Closure && !IsStep) ||
         I.Code == Op::Extern || I.Code == Op::Size || I.Code == Op::Requested ||
         (I.Code == Op::Load && Fields.contains(I.Text));
}

static bool isReadAsNumber(const Instruction &I, const Function &F) {
  return (I.Code == Op::Get || I.Code == Op::At) && F.Slots[I.Result].IsNumber;
}

std::vector<bool> numberSlots(const Function &F) { return numberSlots(F, StringSet<>()); }

std::vector<bool> numberSlots(const Function &F, const StringSet<> &Fields) {
  std::vector<bool> IsNumber(F.Slots.size(), true);
  for (SlotId S = 0; S < F.Params && S < IsNumber.size(); ++S)
    IsNumber[S] = F.Slots[S].IsNumber;
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body) {
        if (I.Received != NoId && IsNumber[I.Received])
          IsNumber[I.Received] = false, Changed = true;
        if (I.Result == NoId || !IsNumber[I.Result] || yieldsNumber(I, IsNumber, Fields) ||
            isReadAsNumber(I, F))
          continue;
        IsNumber[I.Result] = false;
        Changed = true;
      }
  }
  return IsNumber;
}

template <class Visit> static void forEachStore(const Function &F, Visit Do) {
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      if (I.Code == Op::Store)
        Do(I);
}

StringSet<> numberFields(const Unit &U) {
  StringSet<> Fields;
  std::vector<const Function *> Storing;
  for (const Function &F : U.Functions)
    forEachStore(F, [&](const Instruction &I) {
      Fields.insert(I.Text);
      if (Storing.empty() || Storing.back() != &F)
        Storing.push_back(&F);
    });
  for (const RecordType &R : U.Records)
    for (const std::string &Field : R.Embedded)
      Fields.erase(Field);
  for (size_t Before = ~size_t(0); Before != Fields.size();) {
    Before = Fields.size();
    for (const Function *F : Storing) {
      std::vector<bool> IsNumber = numberSlots(*F, Fields);
      forEachStore(*F, [&](const Instruction &I) {
        if (!isNumber(I.Operands[1], IsNumber))
          Fields.erase(I.Text);
      });
    }
  }
  return Fields;
}

} // namespace taskleak
