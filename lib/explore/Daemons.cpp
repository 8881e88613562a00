// Tells an idle worker by the loop that it would go on with; see Daemons.h.

#include "explore/Daemons.h"

#include "skeleton/Loops.h"
#include "skeleton/Shape.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

namespace {

/// Waits that an idle worker may be in as long as the program runs.
bool isIdleWait(Op O) {
  return O == Op::Receive || O == Op::Wait || O == Op::Await || O == Op::Acquire || O == Op::Poll;
}

/// All that it does is to look whether it has to wait again: while (jobs.empty()) wait(); maybe
/// until it is told to stop.
bool onlyWaits(const Function &F, const Region &Loop) {
  return all_of(Loop.set_bits(), [&](BlockId B) {
    return all_of(F.Blocks[B].Body, [](const Instruction &I) {
      return isPure(I) || isTerminator(I.Code) || I.Code == Op::Wait || I.Code == Op::Requested ||
             group(I.Code) == OpGroup::Call;
    });
  });
}

/// What it yields when it gets what it waits for.
int64_t success(const Instruction &Wait) {
  for (const OutcomeValue &O : Wait.Outcomes)
    if (O.When == Outcome::Ok)
      return O.Value;
  return 1;
}

/// It is tried again only where it has failed: while (sem_wait(&s) == -1) {}
bool isRetry(const Function &F, const InstructionRef &At, const Region &Loop) {
  const std::vector<Instruction> &Body = F.Blocks[At.B].Body;
  const Instruction &Wait = Body[At.Index], &Last = Body.back();
  if (Last.Code != Op::Branch || Wait.Result == NoId)
    return false;
  auto Test = find_if(Body, [&](const Instruction &I) {
    return I.Result != NoId && Last.Operands[0] == Operand::slot(I.Result);
  });
  if (Test == Body.end() || Test->Operands.size() != 2 ||
      Test->Operands[0] != Operand::slot(Wait.Result) || Test->Operands[1].K != Operand::Kind::Int)
    return false;
  int64_t Is = success(Wait), Asked = Test->Operands[1].Number;
  bool IsEqual = Test->Code == Op::Eq;
  if (!IsEqual && Test->Code != Op::Ne)
    return false;
  return !Loop[Last.Targets[(Is == Asked) == IsEqual ? 0 : 1]];
}

/// The loop around a call or wait would come back for more. With an object that lives as long
/// as the program this may be all that it is for, though it could be told to end.
bool serves(const Unit &U, const InstructionRef &Within, bool IsWait, const Stuck &S) {
  const Function &F = U.Functions[Within.F];
  Region Loop = cycle(F, Within.B, predecessors(F));
  bool OnlyWaits = IsWait && at(U, Within).Code == Op::Wait && onlyWaits(F, Loop);
  if (Loop.none() || OnlyWaits || (IsWait && isRetry(F, Within, Loop)))
    return false;
  return !isLeft(F, Loop) || S.IsDestroyed || (S.Static && !counts(F, Loop));
}

bool isDaemon(const Program &P, const Stuck &S) {
  if (!P.OwnsGlobals || S.Endless || S.Victim == 0 || !isIdleWait(at(P.U, S.At).Code))
    return false;
  if (!P.U.Functions[P.Entry].IsMain)
    return S.Static;
  if (S.StoppedAtExit)
    return true;
  return serves(P.U, S.At, /*IsWait=*/true, S) ||
         any_of(S.Callers,
                [&](const InstructionRef &Call) { return serves(P.U, Call, /*IsWait=*/false, S); });
}

} // namespace

std::vector<bool> daemons(const Program &P, const std::vector<Stuck> &Stucks) {
  auto IsNeeded = [&](const Stuck &Daemon) {
    return any_of(Stucks, [&](const Stuck &Other) {
      return !isDaemon(P, Other) && any_of(Other.HeldUpBy, [&](unsigned Task) {
        return Other.Tasks[Task].Blocked == Daemon.At;
      });
    });
  };
  std::vector<bool> Out;
  for (const Stuck &S : Stucks)
    Out.push_back(isDaemon(P, S) && !IsNeeded(S));
  return Out;
}

void dropDaemons(const Program &P, std::vector<Stuck> &Stucks) {
  std::vector<bool> Drop = daemons(P, Stucks);
  std::vector<Stuck> Kept;
  for (size_t I = 0; I < Stucks.size(); ++I)
    if (!Drop[I])
      Kept.push_back(std::move(Stucks[I]));
  Stucks = std::move(Kept);
}

} // namespace taskleak
