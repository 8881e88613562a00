// Operands and readiness of tasks.

#include "explore/View.h"

#include "explore/Turns.h"

namespace taskleak {

Value View::value(const Arg &A) const {
  switch (A.K) {
  case Arg::Kind::Constant:
    return A.V;
  case Arg::Kind::Slot:
    return A.Index < Top.Slots.size() ? Top.Slots[A.Index] : Value();
  case Arg::Kind::Global: {
    Value Made = A.Index < W.Globals.size() ? W.Globals[A.Index] : Value();
    return Made.isUnknown() ? Value::global(A.Index) : Made;
  }
  }
  return {};
}

const Object *View::object(size_t I, ObjectKind Kind) const {
  const Object *O = W.find(arg(I));
  return O && O->is(Kind) && !O->Escaped ? O : nullptr;
}

const Item *View::memory(size_t I) const {
  Value At = arg(I);
  const Object *O = W.find(At.object());
  if (!O || O->Escaped)
    return nullptr;
  if (At.isRef())
    return O->S == Body::Cell ? &O->Items[0] : nullptr;
  for (const Item &Field : O->Items)
    if (Field.Name == At.Field)
      return &Field;
  return nullptr;
}

ObjectId View::lockInTheWay() const {
  auto IsInTheWay = [&](size_t I) {
    return object(I, ObjectKind::Lock) && !canTake(P, W, id(I), T, C.has(Flag::Shared));
  };
  if (C.op() == Op::Wait)
    return T.At != Phase::Idle && IsInTheWay(1) ? id(1) : NoObject;
  for (size_t I = 0; C.op() == Op::Lock && I < C.Args.size(); ++I)
    if (IsInTheWay(I))
      return id(I);
  return NoObject;
}

Value View::wanted() const {
  if (C.op() == Op::Select)
    return Value();
  ObjectId Lock = C.op() == Op::Lock || wantsLockBack() ? lockInTheWay() : NoObject;
  return Lock == NoObject ? arg(0) : Value::ref(Lock);
}

CancelState cancelState(const World &W, Value Cancel) {
  Cancel = W.cancelOf(Cancel);
  if (Cancel.isUnknown() || Cancel.isSymbol())
    return CancelState::Unknowable;
  CancelState Seen = CancelState::None;
  // A chain of parents; the bound is for units that tie it into a ring.
  for (unsigned Hops = 0; Hops < 32; ++Hops) {
    const Object *O = W.find(Cancel);
    if (!O || !O->is(ObjectKind::Cancel))
      return Seen;
    if (O->N[0])
      return CancelState::Requested;
    if (O->Escaped)
      Seen = CancelState::Unknowable;
    Cancel = Value::null();
    for (const Item &I : O->Items)
      if (I.Name == ParentItem)
        Cancel = I.V;
    if (Cancel.isUnknown() || Cancel.isSymbol())
      Seen = CancelState::Unknowable;
  }
  return Seen;
}

CancelState View::cancel() const {
  CancelState Own = C.Cancel ? cancelState(W, value(*C.Cancel)) : CancelState::None;
  CancelState Ambient = C.has(Flag::Ambient) ? cancelState(W, T.Ambient) : CancelState::None;
  if (Own == CancelState::Requested || Ambient == CancelState::Requested)
    return CancelState::Requested;
  return Own != CancelState::None ? Own : Ambient;
}

bool mayEndOtherwise(const View &V) {
  return V.C.has(Flag::Try) || V.C.has(Flag::Timed) || V.C.Cancel || V.C.has(Flag::Ambient) ||
         V.T.Strand.isRef() || V.T.Parent != NoObject;
}

bool isWait(Op O) {
  return group(O) == OpGroup::Wait || O == Op::Join || O == Op::Resume || O == Op::Outside;
}

ObjectId strandOf(const World &W, const Task &T) {
  const Object *Strand = W.find(T.Strand);
  return Strand && !Strand->Escaped ? T.Strand.object() : NoObject;
}

bool beginsToWait(const View &V) {
  if (V.T.At != Phase::Idle)
    return false;
  switch (V.C.op()) {
  case Op::Wait:
  case Op::Select:
  case Op::Suspend:
  case Op::Resume:
    return true;
  case Op::Lock: {
    const Object *Lock = V.W.find(V.wanted());
    bool IsWriter = Lock && Lock->N[2] & WritersFirstLock && !V.C.has(Flag::Shared);
    return IsWriter || strandOf(V.W, V.T) != NoObject;
  }
  case Op::Send:
  case Op::Receive: {
    const Object *Channel = V.object(0, ObjectKind::Channel);
    bool IsHandshake = Channel && Channel->N[0] == 0;
    return V.P.Interrupts || (IsHandshake && V.P.TriesChannels) ||
           strandOf(V.W, V.T) != NoObject;
  }
  case Op::Await:
  case Op::Poll:
    return V.P.Interrupts || strandOf(V.W, V.T) != NoObject;
  default:
    return strandOf(V.W, V.T) != NoObject;
  }
}

Readiness readinessAlone(const View &V) {
  if (V.T.Suspended)
    return Readiness::Blocked;
  if (!isWait(V.C.op()))
    return Readiness::Ready;
  if (!endings(V).none())
    return Readiness::Ready;
  return beginsToWait(V) ? Readiness::Begins : Readiness::Blocked;
}

Readiness readiness(const Program &P, const World &W, unsigned Task) {
  View V(P, W, Task);
  ObjectId Strand = strandOf(W, V.T);
  if (Strand != NoObject) {
    ObjectId Holder = W.find(Strand)->Holder;
    if ((Holder != NoObject && Holder != V.T.Self) || isOthersTurn(V))
      return Readiness::Blocked;
  }
  return readinessAlone(V);
}

} // namespace taskleak
