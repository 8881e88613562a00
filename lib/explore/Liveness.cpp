// Backwards through the blocks until nothing changes; see Liveness.h.

#include "explore/Liveness.h"

#include "explore/Program.h"

namespace taskleak {

Liveness::Liveness(const CodeFunction &F)
    : F(F), In(F.Blocks.size(), llvm::BitVector(F.Slots)) {
  llvm::BitVector Now(F.Slots);
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (BlockId B = BlockId(F.Blocks.size()); B-- > 0;) {
      walk(B, Now, [](uint32_t) {}, [](uint32_t) {});
      Changed |= Now != In[B];
      std::swap(In[B], Now);
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
    Place &Here = *Known->second;
    llvm::BitVector Now(F.Slots);
    auto Note = [&](Slots &To) {
      return [&](uint32_t I) {
        if (I == Index)
          To = list(Now);
      };
    };
    walk(B, Now, Note(Here.Across), Note(Here.Before));
  }
  return *Known->second;
}

template <typename AtAcross, typename AtBefore>
void Liveness::walk(BlockId B, llvm::BitVector &Now, AtAcross Across, AtBefore Before) const {
  const CodeBlock &Block = F.Blocks[B];
  Now.reset();
  for (BlockId T : Block.Body.back().I->Targets)
    Now |= In[T];
  for (uint32_t I = uint32_t(Block.Body.size()); I-- > 0;) {
    const Code &C = Block.Body[I];
    for (SlotId Set : {C.I->Result, C.I->Received})
      if (Set < F.Slots)
        Now.reset(Set);
    // Any instruction may unwind; what it would have set is then not set.
    if (Block.Unwind != NoId)
      Now |= In[Block.Unwind];
    Across(I);
    auto Use = [&](const Arg &A) {
      if (A.K == Arg::Kind::Slot && A.Index < F.Slots)
        Now.set(A.Index);
    };
    for (const Arg &A : C.Args)
      Use(A);
    for (const auto *Named : {&C.Cancel, &C.Done, &C.Fulfil, &C.Strand})
      if (*Named)
        Use(**Named);
    Before(I);
  }
}

} // namespace taskleak
