// Each function is looked through once; see Callbacks.h.

#include "explore/Callbacks.h"

#include "explore/Operands.h"

#include "llvm/ADT/SetVector.h"

namespace taskleak {

static std::vector<uint32_t> usedBy(const Unit &U, FunctionId Root) {
  llvm::SmallSetVector<uint32_t, 8> Used;
  llvm::SmallSetVector<FunctionId, 8> Functions;
  auto Add = [&](uint64_t F) {
    if (F < U.Functions.size())
      Functions.insert(FunctionId(F));
  };
  Add(Root);
  for (size_t Next = 0; Next < Functions.size(); ++Next)
    for (const Block &B : U.Functions[Functions[Next]].Blocks)
      for (const Instruction &I : B.Body) {
        forEachFunction(I, Add);
        forEachOperand(I, [&](const Operand &O) {
          if (O.K == Operand::Kind::Global)
            Used.insert(uint32_t(O.Number));
        });
      }
  return {Used.begin(), Used.end()};
}

const std::vector<uint32_t> &Callbacks::globals(FunctionId F) const {
  auto [At, New] = Known.try_emplace(F);
  if (New)
    At->second = usedBy(U, F);
  return At->second;
}

} // namespace taskleak
