// Which slots are still read after a place: states that differ in others are one.

#include "explore/Program.h"

#include "llvm/ADT/BitVector.h"

namespace taskleak {

namespace {

class Liveness {
  CodeFunction &F;
  std::vector<llvm::BitVector> In; ///< For each block.

public:
  explicit Liveness(CodeFunction &F)
      : F(F), In(F.Blocks.size(), llvm::BitVector(F.Slots)) {}

  void run() {
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (size_t B = F.Blocks.size(); B-- > 0;) {
        llvm::BitVector Now = walk(B, [](auto &&...) {});
        Changed |= Now != In[B];
        In[B] = std::move(Now);
      }
    }
    for (size_t B = 0; B < F.Blocks.size(); ++B)
      walk(B, [&](const Code &C, const llvm::BitVector &Before, const llvm::BitVector &Across) {
        F.Live[C.Site - F.FirstSite] = list(Before);
        F.LiveAcross[C.Site - F.FirstSite] = list(Across);
      });
  }

private:
  static std::vector<SlotId> list(const llvm::BitVector &Bits) {
    std::vector<SlotId> Out;
    for (unsigned Slot : Bits.set_bits())
      Out.push_back(Slot);
    return Out;
  }

  /// Goes through a block backwards; yields what is needed at its start.
  template <typename Visitor> llvm::BitVector walk(size_t B, Visitor Visit) {
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
      Visit(C, Now, Across);
    }
    return Now;
  }
};

} // namespace

void computeLiveness(CodeFunction &F) {
  size_t Count = 0;
  for (const CodeBlock &B : F.Blocks)
    Count += B.Body.size();
  F.Live.resize(Count);
  F.LiveAcross.resize(Count);
  Liveness(F).run();
}

} // namespace taskleak
