// Backwards through the blocks until nothing changes; see Liveness.h.

#include "explore/Liveness.h"

#include "explore/Program.h"

namespace taskleak {

Liveness::Liveness(const CodeFunction &F)
    : F(F), In(F.Blocks.size(), llvm::BitVector(F.Slots)) {
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (BlockId B = BlockId(F.Blocks.size()); B-- > 0;) {
      llvm::BitVector Now = walk(B, [](auto &&...) {});
      Changed |= Now != In[B];
      In[B] = std::move(Now);
    }
  }
}

static Liveness::Slots list(const llvm::BitVector &Bits) {
  Liveness::Slots Out;
  for (unsigned Slot : Bits.set_bits())
    Out.push_back(Slot);
  return Out;
}

const Liveness::Place &Liveness::at(BlockId B, uint32_t Index) {
  auto [Known, New] = Places.try_emplace({B, Index});
  if (New) {
    Known->second = std::make_unique<Place>();
    walk(B, [&](size_t I, const llvm::BitVector &Before, const llvm::BitVector &Across) {
      if (I == Index)
        *Known->second = {list(Before), list(Across)};
    });
  }
  return *Known->second;
}

template <typename Visitor>
llvm::BitVector Liveness::walk(BlockId B, Visitor Visit) const {
  const CodeBlock &Block = F.Blocks[B];
  llvm::BitVector Now(F.Slots);
  for (BlockId T : Block.Body.back().I->Targets)
    Now |= In[T];
  for (size_t I = Block.Body.size(); I-- > 0;) {
    const Code &C = Block.Body[I];
    for (SlotId Set : {C.I->Result, C.I->Received})
      if (Set < F.Slots)
        Now.reset(Set);
    // Any instruction may unwind; what it would have set is then not set.
    if (Block.Unwind != NoId)
      Now |= In[Block.Unwind];
    llvm::BitVector Across = Now;
    auto Use = [&](const Arg &A) {
      if (A.K == Arg::Kind::Slot && A.Index < F.Slots)
        Now.set(A.Index);
    };
    for (const Arg &A : C.Args)
      Use(A);
    for (const auto &Named : {C.Cancel, C.Done, C.Fulfil, C.Strand})
      if (Named)
        Use(*Named);
    Visit(I, Now, Across);
  }
  return Now;
}

} // namespace taskleak
