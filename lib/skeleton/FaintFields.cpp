// Fields whose numbers nothing hangs on are not kept up to date:
//   image.height = image.height * 320 / image.width;   and no test ever reads either
//   if (latency > stats.worst) stats.worst = latency;
// A loaded number counts as needed where it is used for anything but computing numbers
// that go into such fields, and deciding whether they do.

#include "skeleton/Passes.h"
#include "skeleton/Shape.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

#include <optional>

using namespace llvm;

namespace taskleak {

namespace {

/// The fields of a unit that hold nothing but numbers; worked out when it is first asked.
class NumberFields {
  const Unit &U;
  std::optional<StringSet<>> Known;

public:
  explicit NumberFields(const Unit &U) : U(U) {}
  const StringSet<> &get() {
    if (!Known)
      Known = numberFields(U);
    return *Known;
  }
};

/// What one function needs, given the fields that are known to be needed.
class Needs {
  const Function &F;
  const StringSet<> &Fields;
  NumberFields &Numbers;
  std::vector<bool> Slots;

public:
  Needs(const Function &F, const StringSet<> &Fields, NumberFields &Numbers)
      : F(F), Fields(Fields), Numbers(Numbers), Slots(F.Slots.size()) {
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

  bool isFaint(const Instruction &Store) const {
    return Store.Code == Op::Store && !Fields.contains(Store.Text) &&
           Numbers.get().contains(Store.Text);
  }

  /// Where it goes on that does nothing but to set faint fields; else NoId.
  BlockId behind(BlockId B) const {
    const std::vector<Instruction> &Body = F.Blocks[B].Body;
    auto IsQuiet = [&](const Instruction &I) {
      return I.Result == NoId ? isFaint(I) : isPure(I) && !result(I);
    };
    bool IsAll = Body.back().Code == Op::Jump && all_of(drop_end(Body), IsQuiet);
    return IsAll ? Body.back().Targets[0] : BlockId(NoId);
  }

  bool decidesNothing(const Instruction &Branch) const {
    BlockId Then = Branch.Targets[0], Else = Branch.Targets[1];
    BlockId BehindThen = behind(Then);
    if (BehindThen == Else)
      return true;
    BlockId BehindElse = behind(Else);
    return BehindElse == Then || (BehindThen != NoId && BehindThen == BehindElse);
  }

  bool visit(const Instruction &I) {
    if ((isComputing(I) && !result(I)) || (I.Code == Op::Branch && decidesNothing(I)))
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
static StringSet<> neededFields(const Unit &U, NumberFields &Numbers) {
  StringSet<> Needed;
  std::vector<const Function *> Asked;
  for (const Function &F : U.Functions)
    if (needsFields(F))
      Asked.push_back(&F);
  for (size_t Before = ~size_t(0); Before != Needed.size();) {
    Before = Needed.size();
    for (const Function *F : Asked) {
      Needs Of(*F, Needed, Numbers);
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
  NumberFields Numbers(U);
  StringSet<> Needed = neededFields(U, Numbers);
  std::vector<bool> Changed;
  auto IsFaint = [&](const Instruction &I) {
    return I.Code == Op::Store && !Needed.contains(I.Text);
  };
  for (Function &F : U.Functions) {
    size_t Dropped = 0;
    std::vector<bool> IsNumber;
    if (anyInstruction(F, IsFaint))
      IsNumber = numberSlots(F, Numbers.get());
    for (Block &B : F.Blocks)
      Dropped += std::erase_if(B.Body, [&](const Instruction &I) {
        return !IsNumber.empty() && IsFaint(I) && isNumber(I.Operands[1], IsNumber);
      });
    Changed.push_back(Dropped > 0);
  }
  return Changed;
}

} // namespace taskleak
