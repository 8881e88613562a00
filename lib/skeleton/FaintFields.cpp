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
  return anyInstruction(F, [](const Instruction &I) {
    return I.Code == Op::Load || I.Code == Op::Address || I.Code == Op::Whole;
  });
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
          if (I.Code == Op::Address || I.Code == Op::Whole ||
              (I.Code == Op::Load && Of.result(I)))
            Needed.insert(I.Text);
    }
    llvm::erase_if(Asked, [](const Function *F) { return !passesOn(*F); });
  }
  return Needed;
}

std::vector<bool> dropFaintFields(Unit &U) {
  StringSet<> Needed = neededFields(U), Numbers;
  std::vector<bool> Changed;
  auto IsFaint = [&](const Instruction &I) {
    return I.Code == Op::Store && !Needed.contains(I.Text);
  };
  if (any_of(U.Functions, [&](const Function &F) { return anyInstruction(F, IsFaint); }))
    Numbers = numberFields(U);
  for (Function &F : U.Functions) {
    size_t Dropped = 0;
    std::vector<bool> IsNumber;
    if (anyInstruction(F, IsFaint))
      IsNumber = numberSlots(F, Numbers);
    for (Block &B : F.Blocks)
      Dropped += std::erase_if(B.Body, [&](const Instruction &I) {
        return !IsNumber.empty() && IsFaint(I) && isNumber(I.Operands[1], IsNumber);
      });
    Changed.push_back(Dropped > 0);
  }
  return Changed;
}

} // namespace taskleak
