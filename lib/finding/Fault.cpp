// Which fault a stuck wait is.

#include "finding/Fault.h"

#include "finding/Locks.h"

namespace taskleak {

/// A token that is known to be empty ends nothing.
static HonouredCancel namedCancel(const Unit &U, InstructionRef At) {
  std::optional<Operand> Cancel = at(U, At).named(Role::Cancel);
  if (!Cancel || Cancel->K == Operand::Kind::Null || Cancel->isUnknown())
    return {};
  return {*Cancel, At.F};
}

HonouredCancel honouredCancel(const Unit &U, const Stuck &S) {
  HonouredCancel Own = namedCancel(U, S.At);
  InstructionRef Spawned = S.Tasks[S.Victim].Spawned;
  if (Own.F == NoId && at(U, S.At).Flag.has(Flag::Ambient) && Spawned.isValid())
    return namedCancel(U, Spawned);
  return Own;
}

static bool isCount(ObjectKind Kind) {
  return Kind == ObjectKind::Counter || Kind == ObjectKind::Barrier;
}

Fault fault(const Unit &U, const Stuck &S) {
  const Instruction &I = at(U, S.At);
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
  if (group(I.Code) == OpGroup::Wait && honouredCancel(U, S).F != NoId)
    return Fault::Cancel;
  switch (I.Code) {
  case Op::Send:
    return Fault::Send;
  case Op::Select:
  case Op::Poll:
    return Fault::Select;
  case Op::Await:
    return isCount(S.Kind) ? Fault::Count : Fault::Wake;
  case Op::Acquire:
  case Op::Wait:
    return Fault::Wake;
  case Op::Receive:
    return Fault::Receive;
  case Op::Join:
    return Fault::Join;
  default:
    return Fault::None;
  }
}

} // namespace taskleak
