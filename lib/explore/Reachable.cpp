// Which functions of a unit a scenario can run: those that are called or passed on, the
// methods of what is made, and of what is out of sight the overriders in sight.

#include "explore/Operands.h"
#include "explore/Program.h"
#include "skeleton/VirtualCall.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

static bool isWellFormed(const Function &F) {
  for (const Block &B : F.Blocks) {
    if (B.Body.empty() || !isTerminator(B.Body.back().Code))
      return false;
    if (B.Unwind != NoId && B.Unwind >= F.Blocks.size())
      return false;
    for (const Instruction &I : B.Body)
      for (BlockId T : I.Targets)
        if (T >= F.Blocks.size())
          return false;
    size_t Wanted = B.Body.back().Code == Op::Branch ? 2 : B.Body.back().Code == Op::Jump ? 1 : 0;
    if (B.Body.back().Targets.size() < Wanted)
      return false;
    if (B.Body.back().Code == Op::Branch && B.Body.back().Operands.empty())
      return false;
  }
  return !F.Blocks.empty();
}

/// Of an object out of sight each is tried; with more of them it could be any other as well.
static llvm::SmallVector<Overrider, 4> fewOverriders(const Unit &U, const Instruction &I) {
  constexpr size_t Most = 4;
  if (I.Code != Op::CallVirtual || VirtualCallee(I.Text).Class.empty())
    return {};
  llvm::SmallVector<Overrider, 4> Found = taskleak::overriders(U, I.Text);
  return Found.size() <= Most ? Found : llvm::SmallVector<Overrider, 4>();
}

void Program::noteOverriders(const Instruction &I) const {
  llvm::SmallVector<Overrider, 4> Few = fewOverriders(U, I);
  if (Few.empty())
    return;
  std::vector<Override> &Found = Overriders[intern(I.Text)];
  if (Found.empty())
    for (const Overrider &O : Few)
      if (!U.Functions[O.F].Blocks.empty())
        Found.push_back({intern(U.Records[O.Record].Name), O.F});
}

void Program::findReachable() {
  std::vector<bool> Seen(U.Functions.size());
  std::vector<FunctionId> Work;
  auto Add = [&](uint64_t F) {
    if (F < Seen.size() && !Seen[F]) {
      Seen[F] = true;
      Work.push_back(FunctionId(F));
    }
  };
  Add(Entry);
  for (uint32_t G = 0; G < U.Globals.size(); ++G)
    if (OwnsGlobals && isMade(G))
      Add(U.Globals[G].Initializer);
  llvm::StringMap<bool> Made;
  while (!Work.empty()) {
    FunctionId F = Work.back();
    Work.pop_back();
    if (isWellFormed(U.Functions[F]))
      Reachable.push_back(F);
    for (const Block &B : U.Functions[F].Blocks)
      for (const Instruction &I : B.Body) {
        forEachFunction(I, Add);
        forEachOperand(I, [&](const Operand &O) {
          if (O.K == Operand::Kind::Global && isMade(uint32_t(O.Number))) {
            MadeGlobals = std::max(MadeGlobals, uint32_t(O.Number) + 1);
            Add(U.Globals[uint64_t(O.Number)].Initializer);
          }
        });
        for (const Overrider &O : fewOverriders(U, I))
          Add(O.F);
        bool HasType = I.Code == Op::New || I.Code == Op::Become;
        if (!HasType || !Made.try_emplace(I.Text, true).second)
          continue;
        if (const RecordType *Type = U.findRecord(I.Text))
          for (const auto &[Key, Method] : Type->Methods)
            Add(Method);
      }
  }
  llvm::sort(Reachable);
}

} // namespace taskleak
