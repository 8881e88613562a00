// Whether a wait is for room or for work: by what its function does next.

#include "finding/Room.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

namespace {

/// What can come after a place of a function.
struct Next {
  bool Puts = false, Takes = false;

  void see(const Instruction &I) {
    Puts |= I.Code == Op::Append || I.Code == Op::Prepend || I.Code == Op::SetAt ||
            I.Code == Op::Send;
    Takes |= I.Code == Op::TakeFirst || I.Code == Op::TakeLast || I.Code == Op::At ||
             I.Code == Op::Receive;
  }
};

Next whatFollows(const Function &F, InstructionRef From) {
  Next Out;
  for (uint32_t I = From.Index + 1; I < F.Blocks[From.B].Body.size(); ++I)
    Out.see(F.Blocks[From.B].Body[I]);
  std::vector<bool> Seen(F.Blocks.size());
  std::vector<BlockId> Work(F.Blocks[From.B].Body.back().Targets.begin(),
                            F.Blocks[From.B].Body.back().Targets.end());
  while (!Work.empty()) {
    BlockId B = Work.back();
    Work.pop_back();
    if (Seen[B])
      continue;
    Seen[B] = true;
    for (const Instruction &I : F.Blocks[B].Body)
      Out.see(I);
    const Instruction &End = F.Blocks[B].Body.back();
    Work.insert(Work.end(), End.Targets.begin(), End.Targets.end());
  }
  return Out;
}

} // namespace

bool waitsForRoom(const Unit &U, const Stuck &S) {
  if (at(U, S.At).Code == Op::Send)
    return true;
  if (llvm::any_of(S.Cases, [&](InstructionRef Case) { return at(U, Case).Code == Op::Send; }))
    return true;
  // The wait may stand in a wrapper: the innermost frame that touches a
  // container tells.
  std::vector<InstructionRef> Frames = {S.At};
  Frames.insert(Frames.end(), S.Callers.begin(), S.Callers.end());
  for (InstructionRef Frame : Frames) {
    Next After = whatFollows(U.Functions[Frame.F], Frame);
    if (After.Puts || After.Takes)
      return After.Puts && !After.Takes;
  }
  return false;
}

bool isIdle(const Unit &U, const Stuck &S) {
  auto IsHung = [&](unsigned Task) { return S.Tasks[Task].Hung; };
  return llvm::any_of(S.HeldUpBy, IsHung) && !waitsForRoom(U, S);
}

} // namespace taskleak
