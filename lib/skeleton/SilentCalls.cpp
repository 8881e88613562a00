// Calls of functions that do nothing anybody can notice are left out; those that
// may throw and do nothing else become calls out of sight. A result stays: it
// may depend on what is shared.
//   void log(const char *Text) { if (Enabled) puts(Text); }

#include "skeleton/Loops.h"
#include "skeleton/Passes.h"
#include "skeleton/Shape.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

SilentCalls::Effect SilentCalls::effect(const Unit &U, const Function &F) const {
  if (F.Blocks.empty())
    return Effect::Unknown;
  bool MayThrow = false, Branches = false, Cycles = false;
  for (BlockId B = 0; B < F.Blocks.size(); ++B)
    for (const Instruction &I : F.Blocks[B].Body) {
      Branches |= I.Code == Op::Branch;
      Cycles |= any_of(I.Targets, [B](BlockId T) { return T <= B; });
      bool Throws = I.Code == Op::Throw ||
                    (I.Code == Op::Extern && I.Flag.has(Flag::Throws) && !I.Flag.has(Flag::Escapes));
      bool Caught = F.Blocks[B].Unwind != NoId;
      if (I.Code == Op::Call && I.Callee < Effects.size()) {
        if (Effects[I.Callee] == Effect::Unknown)
          return Effect::Unknown;
        Throws = Effects[I.Callee] == Effect::MayThrow;
      } else if (!Throws && !isPure(I) && I.Code != Op::Jump && I.Code != Op::Branch &&
                 I.Code != Op::Return) {
        return Effect::Unknown;
      }
      MayThrow |= Throws && !Caught;
    }
  if (Cycles && !allCyclesEnd(F))
    return Effect::Unknown;
  if (!MayThrow)
    return Effect::Silent;
  // Whether it throws must not hang on what it is given; and it may return, too.
  bool Returns = F.Blocks[0].Body.back().Code == Op::Return;
  return Branches || F.NoExcept || !Returns ? Effect::Unknown : Effect::MayThrow;
}

void SilentCalls::learn(const Unit &U, FunctionId Id) {
  const Function &F = U.Functions[Id];
  Effects[Id] = effect(U, F);
  YieldsNothing[Id] = none_of(F.Blocks, [](const Block &B) {
    const Instruction &Last = B.Body.back();
    return Last.Code == Op::Return && !Last.Operands.empty() && !Last.Operands[0].isUnknown();
  });
}

bool SilentCalls::replaceIn(const Unit &U, Function &F) const {
  auto MayGo = [&](const Instruction &I) {
    return I.Code == Op::Call && I.Callee < Effects.size() && Effects[I.Callee] != Effect::Unknown;
  };
  if (!anyInstruction(F, MayGo))
    return false;
  SlotUses Uses(F);
  bool Changed = false;
  auto IsRead = [&](const Instruction &I) { return I.Result != NoId && Uses.Reads[I.Result] != 0; };
  for (Block &B : F.Blocks) {
    Changed |= std::erase_if(B.Body, [&](const Instruction &I) {
      return MayGo(I) && Effects[I.Callee] == Effect::Silent && !IsRead(I);
    }) != 0;
    for (Instruction &I : B.Body) {
      if (!MayGo(I) || (IsRead(I) && !YieldsNothing[I.Callee]))
        continue;
      bool Throws = Effects[I.Callee] == Effect::MayThrow;
      I.Code = Op::Extern;
      I.Text = U.Functions[I.Callee].Name;
      I.Flag.set(Flag::Throws, Throws);
      I.Callee = NoId;
      I.Operands.clear();
      Changed = true;
    }
  }
  return Changed;
}

} // namespace taskleak
