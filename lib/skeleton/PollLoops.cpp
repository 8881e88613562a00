// Loops that look again and again, and not for ever: the number of looks is a time-out.
//   for (int I = 0; I < 300 && !done; ++I) std::this_thread::sleep_for(10ms);
// How often it has looked is not kept: it may be one look or all of them.

#include "skeleton/Passes.h"
#include "skeleton/Regions.h"
#include "skeleton/Shape.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

namespace {

/// What looks does nothing that others could wait for: what happens between is as often as the
/// number says.
class Looks {
  const Unit &U;
  std::vector<std::optional<bool>> Known; ///< By function.

public:
  explicit Looks(const Unit &U) : U(U), Known(U.Functions.size()) {}

  bool only(const Instruction &I) {
    switch (I.Code) {
    case Op::Yield: case Op::Jump: case Op::Branch: case Op::Return: case Op::Lock:
    case Op::Unlock: case Op::New: case Op::Extern: case Op::Throw:
      return !I.Flag.has(Flag::Escapes);
    case Op::Store: // Of a guard's own members.
      return I.Text == "owns" || I.Text == "lock";
    case Op::Call:
      return I.Callee < Known.size() && only(I.Callee);
    default:
      return isPure(I);
    }
  }

private:
  bool only(FunctionId F) {
    if (Known[F])
      return *Known[F];
    Known[F] = false; // Whoever calls itself is not asked again.
    auto DoesMore = [&](const Instruction &I) { return !only(I); };
    bool Is = !U.Functions[F].Blocks.empty() && !anyInstruction(U.Functions[F], DoesMore);
    Known[F] = Is;
    return Is;
  }
};

/// A number of looks below that may well matter.
constexpr int64_t FewestLooks = 8;

bool isBound(const Instruction &I) {
  return (I.Code == Op::Lt || I.Code == Op::Le) && I.Operands[0].isSlot() &&
         I.Operands[1].K == Operand::Kind::Int && I.Operands[1].Number >= FewestLooks;
}

/// By slot: what \p Bound tests and what that is counted with, if it is there for \p Bound alone.
std::optional<std::vector<bool>> countedFor(const Function &F, const Instruction &Bound) {
  std::vector<bool> OfCounter(F.Slots.size());
  OfCounter[Bound.Operands[0].Number] = true;
  auto IsOfIt = [&](const Operand &O) { return O.isSlot() && OfCounter[O.Number]; };
  auto IsStep = [](const Instruction &I) { return I.Code == Op::Move || I.Code == Op::Add; };
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body)
        if (IsStep(I) && I.Result != NoId && !OfCounter[I.Result] && any_of(I.Operands, IsOfIt))
          Changed = OfCounter[I.Result] = true;
  }
  bool IsUsed = anyInstruction(F, [&](const Instruction &I) {
    auto Named = [&](const auto &N) { return IsOfIt(N.second); };
    bool Reads = any_of(I.Operands, IsOfIt) || any_of(I.Named, Named);
    return &I != &Bound && Reads && !(IsStep(I) && OfCounter[I.Result]);
  });
  return IsUsed ? std::nullopt : std::optional(std::move(OfCounter));
}

void dropWrites(Function &F, const std::vector<bool> &Slots) {
  for (Block &B : F.Blocks)
    std::erase_if(B.Body, [&](const Instruction &I) { return I.Result != NoId && Slots[I.Result]; });
}

/// Whether the result of \p I decides if \p R is left, and nothing else.
bool leaves(const Function &F, const Region &R, const Instruction &I) {
  return any_of(R.set_bits(), [&](BlockId B) {
    const Instruction &Last = F.Blocks[B].Body.back();
    return Last.Code == Op::Branch && Last.Operands[0].isSlot() &&
           SlotId(Last.Operands[0].Number) == I.Result && R.test(Last.Targets[0]) &&
           !R.test(Last.Targets[1]);
  });
}

bool dropCounts(Function &F, Looks &Of) {
  auto IsYield = [](const Instruction &I) { return I.Code == Op::Yield; };
  if (!anyInstruction(F, IsYield))
    return false;
  Predecessors Before = predecessors(F);
  for (BlockId Head = 0; Head < F.Blocks.size(); ++Head)
    for (Instruction &I : F.Blocks[Head].Body) {
      if (!isBound(I))
        continue;
      Region R = cycle(F, Head, Before);
      auto All = [&](auto Is) {
        return all_of(R.set_bits(), [&](BlockId B) { return all_of(F.Blocks[B].Body, Is); });
      };
      bool Sleeps = !All([&](const Instruction &I) { return !IsYield(I); });
      if (!Sleeps || !All([&](const Instruction &I) { return Of.only(I); }) || !leaves(F, R, I))
        continue;
      std::optional<std::vector<bool>> Counter = countedFor(F, I);
      if (!Counter)
        continue;
      I.Code = Op::Symbol;
      I.Operands.clear();
      I.Flag.set(Flag::Timed);
      dropWrites(F, *Counter);
      return true; // Of the function's others the counts stay.
    }
  return false;
}

} // namespace

std::vector<bool> dropPollCounts(Unit &U) {
  Looks Of(U);
  std::vector<bool> Changed;
  for (Function &F : U.Functions)
    Changed.push_back(dropCounts(F, Of));
  return Changed;
}

} // namespace taskleak
