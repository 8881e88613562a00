// Fields whose numbers nothing hangs on are not kept up to date:
//   image.height = image.height * 320 / image.width;   and no test ever reads either
// A loaded number counts as needed where it is used for anything but computing numbers
// that go into such fields.

#include "skeleton/Passes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace taskleak {

namespace {

/// What one function needs, given the fields that are known to be needed.
class Needs {
  const StringSet<> &Fields;
  std::vector<bool> Slots;

public:
  Needs(const Function &F, const StringSet<> &Fields)
      : Fields(Fields), Slots(F.Slots.size()) {
    // What is needed is so by what comes after.
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (const Block &B : reverse(F.Blocks))
        for (const Instruction &I : reverse(B.Body))
          Changed |= visit(I);
    }
  }

  /// Whether the result of \p I matters.
  bool result(const Instruction &I) const { return I.Result == NoId || Slots[I.Result]; }

private:
  bool isComputing(const Instruction &I) const {
    return (I.Code == Op::Move || group(I.Code) == OpGroup::Value) && I.Code != Op::Closure;
  }

  bool visit(const Instruction &I) {
    if (isComputing(I) && !result(I))
      return false;
    bool Changed = false;
    for (size_t N = 0; N < I.Operands.size(); ++N) {
      bool IsStored = I.Code == Op::Store && N == 1 && !Fields.contains(I.Text);
      if (!IsStored)
        Changed |= need(I.Operands[N]);
    }
    for (const auto &Named : I.Named)
      Changed |= need(Named.second);
    return Changed;
  }

  bool need(const Operand &O) {
    if (!O.isSlot() || Slots[O.Number])
      return false;
    Slots[O.Number] = true;
    return true;
  }
};

} // namespace

static bool needsFields(const Function &F) {
  return anyInstruction(
      F, [](const Instruction &I) { return I.Code == Op::Load || I.Code == Op::Address; });
}

/// A function that stores what it has loaded may need more the more fields are needed.
static bool passesOn(const Function &F) {
  return anyInstruction(F, [](const Instruction &I) { return I.Code == Op::Store; }) &&
         anyInstruction(F, [](const Instruction &I) { return I.Code == Op::Load; });
}

/// The fields that something hangs on.
static StringSet<> neededFields(const Unit &U) {
  StringSet<> Needed;
  std::vector<const Function *> Asked;
  for (const Function &F : U.Functions)
    if (needsFields(F))
      Asked.push_back(&F);
  for (size_t Before = ~size_t(0); Before != Needed.size();) {
    Before = Needed.size();
    for (const Function *F : Asked) {
      Needs Of(*F, Needed);
      for (const Block &B : F->Blocks)
        for (const Instruction &I : B.Body)
          if (I.Code == Op::Address || (I.Code == Op::Load && Of.result(I)))
            Needed.insert(I.Text);
    }
    llvm::erase_if(Asked, [](const Function *F) { return !passesOn(*F); });
  }
  return Needed;
}

/// Results that are numbers or unknown, never objects: a store of one keeps nothing alive.
static bool yieldsNumber(const Instruction &I, const std::vector<bool> &IsNumber) {
  if (I.Code == Op::Move)
    return I.Operands[0].isSlot() ? IsNumber[I.Operands[0].Number]
                                  : I.Operands[0].K != Operand::Kind::Global &&
                                        I.Operands[0].K != Operand::Kind::Function;
  return (group(I.Code) == OpGroup::Value && I.Code != Op::Closure) || I.Code == Op::Extern ||
         I.Code == Op::Size || I.Code == Op::Requested;
}

std::vector<bool> numberSlots(const Function &F) {
  std::vector<bool> IsNumber(F.Slots.size(), true);
  for (SlotId S = 0; S < F.Params && S < IsNumber.size(); ++S)
    IsNumber[S] = F.Slots[S].IsNumber;
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body) {
        if (I.Received != NoId && IsNumber[I.Received])
          IsNumber[I.Received] = false, Changed = true;
        if (I.Result == NoId || !IsNumber[I.Result] || yieldsNumber(I, IsNumber))
          continue;
        IsNumber[I.Result] = false;
        Changed = true;
      }
  }
  return IsNumber;
}

std::vector<bool> dropFaintFields(Unit &U) {
  StringSet<> Needed = neededFields(U);
  std::vector<bool> Changed;
  auto IsFaint = [&](const Instruction &I) {
    return I.Code == Op::Store && !Needed.contains(I.Text);
  };
  for (Function &F : U.Functions) {
    size_t Dropped = 0;
    std::vector<bool> IsNumber;
    if (anyInstruction(F, IsFaint))
      IsNumber = numberSlots(F);
    for (Block &B : F.Blocks)
      Dropped += std::erase_if(B.Body, [&](const Instruction &I) {
        if (IsNumber.empty() || !IsFaint(I))
          return false;
        const Operand &V = I.Operands[1];
        return V.isSlot() ? IsNumber[V.Number]
                          : V.K != Operand::Kind::Global && V.K != Operand::Kind::Function;
      });
    Changed.push_back(Dropped > 0);
  }
  return Changed;
}

} // namespace taskleak
