// What is mixed, and what comes of data; see Digests.h.

#include "skeleton/Digests.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

static bool mixes(Op Code) { return Code == Op::Mul || Code == Op::BitXor; }

static bool yieldsData(const Instruction &I) {
  return I.Code == Op::Load || I.Code == Op::At || I.Code == Op::Char || I.Code == Op::Get ||
         I.Code == Op::Opaque || I.Code == Op::Symbol;
}

static bool isUnknown(const Operand &O) { return O.isUnknown(); }

/// By slot: whether it comes of an operation of \p R that \p Is one.
template <class Test>
static std::vector<bool> comeOf(const Function &F, const Region &R, Test Is) {
  std::vector<bool> From(F.Slots.size());
  auto IsFrom = [&](const Operand &O) { return O.isSlot() && From[O.Number]; };
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (BlockId B : R.set_bits())
      for (const Instruction &I : F.Blocks[B].Body)
        if (I.Result != NoId && !From[I.Result] && (Is(I) || any_of(I.Operands, IsFrom)))
          Changed = From[I.Result] = true;
  }
  return From;
}

std::vector<bool> digests(const Function &F, const Region &R) {
  std::vector<bool> Mixed = comeOf(F, R, [](const Instruction &I) { return mixes(I.Code); });
  std::vector<bool> OfData = comeOf(F, R, [](const Instruction &I) {
    return yieldsData(I) || any_of(I.Operands, isUnknown);
  });
  for (size_t S = 0; S < Mixed.size(); ++S)
    Mixed[S] = Mixed[S] && OfData[S];
  return Mixed;
}

} // namespace taskleak
