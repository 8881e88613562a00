// Which fault a stuck wait is.

#include "finding/Fault.h"

#include "finding/Locks.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

/// A token that is known to be empty ends nothing.
static HonouredCancel namedCancel(const Unit &U, InstructionRef At) {
  std::optional<Operand> Cancel = at(U, At).named(Role::Cancel);
  if (!Cancel || Cancel->K == Operand::Kind::Null || Cancel->isUnknown())
    return {};
  return {*Cancel, At.F};
}

/// The cancel that a thread comes with has been requested, and ended nothing: the wait does
/// not listen to it.
static bool isRequestedInVain(const Unit &U, const Stuck &S, InstructionRef Spawned) {
  std::optional<Operand> Cancel = at(U, Spawned).named(Role::Cancel);
  for (const Block &B : U.Functions[Spawned.F].Blocks)
    for (const Instruction &I : B.Body)
      if (I.Code == Op::Make && I.Flag.has(Flag::Implicit) && Cancel == Operand::slot(I.Result))
        return llvm::any_of(S.Schedule, [&](const ScheduleStep &Step) {
          return at(U, Step.At).Code == Op::Request && Step.Object == I.Text;
        });
  return false;
}

HonouredCancel honouredCancel(const Unit &U, const Stuck &S) {
  HonouredCancel Own = namedCancel(U, S.At);
  InstructionRef Spawned = S.Tasks[S.Victim].Spawned;
  bool Ambient = Own.F == NoId && at(U, S.At).Flag.has(Flag::Ambient) && Spawned.isValid();
  if (Ambient && !isRequestedInVain(U, S, Spawned))
    return namedCancel(U, Spawned);
  return Own;
}

static bool isCount(ObjectKind Kind) {
  return Kind == ObjectKind::Counter || Kind == ObjectKind::Barrier;
}

/// Waits that have a form with a cancel and no check of their own for want of it.
static bool couldBeCancelled(Op Code) {
  return Code == Op::Receive || Code == Op::Wait || Code == Op::Await || Code == Op::Acquire;
}

Fault fault(const Unit &U, const Stuck &S) {
  const Instruction &I = at(U, S.At);
  if (S.Endless && S.Unheard)
    return Fault::Unheard;
  if (S.Sleeps.isValid())
    return Fault::Wake;
  if (S.Copy)
    return Fault::Copied;
  if (lockLeftBehind(S))
    return Fault::Unreleased;
  if (S.ForItself)
    return Fault::SelfJoin;
  if (lockInCycle(S))
    return Fault::LockCycle;
  // Also a condition wait that has been woken and cannot have its lock back.
  if (S.Kind == ObjectKind::Lock)
    return Fault::Lock;
  // Whoever waits for tasks is stuck because of them.
  if (S.ForTasks && I.Code != Op::Select && !S.HeldUpBy.empty())
    return Fault::Join;
  if (S.Gone)
    return Fault::Outlived;
  if (group(I.Code) == OpGroup::Wait && honouredCancel(U, S).F != NoId)
    return Fault::Cancel;
  if (S.Unheard && couldBeCancelled(I.Code))
    return Fault::Unheard;
  switch (I.Code) {
  case Op::Send:
    return Fault::Send;
  case Op::Select:
  case Op::Poll:
    return Fault::Select;
  case Op::Await:
    return isCount(S.Kind) ? Fault::Count : Fault::Wake;
  case Op::Acquire:
  case Op::Suspend:
  case Op::Wait:
    return Fault::Wake;
  case Op::Receive:
    return Fault::Receive;
  case Op::Join:
  case Op::Resume:
    return Fault::Join;
  default:
    return Fault::None;
  }
}

} // namespace taskleak
