// Which fault a stuck wait is.

#include "finding/Fault.h"

namespace taskleak {

/// A token that is known to be empty ends nothing.
static bool honoursCancel(const Instruction &I) {
  std::optional<Operand> Cancel = I.named(Role::Cancel);
  return Cancel && Cancel->K != Operand::Kind::Null && !Cancel->isUnknown();
}

Fault fault(const Unit &U, InstructionRef At, ObjectKind Kind) {
  const Instruction &I = at(U, At);
  // A condition wait that has been woken and cannot have its lock back.
  if (Kind == ObjectKind::Lock)
    return Fault::Lock;
  if (group(I.Code) == OpGroup::Wait && honoursCancel(I))
    return Fault::Cancel;
  switch (I.Code) {
  case Op::Send:
    return Fault::Send;
  case Op::Select:
  case Op::Poll:
    return Fault::Select;
  case Op::Await:
    return Kind == ObjectKind::Counter || Kind == ObjectKind::Barrier ? Fault::Count : Fault::Wake;
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
