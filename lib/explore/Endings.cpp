// How a wait could end now: one rule for each kind of object.

#include "explore/View.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

/// Some task has begun to wait until it alone has the lock.
static bool hasWaitingWriter(const Program &P, const World &W, ObjectId Lock) {
  for (unsigned I = 0; I < W.Tasks.size(); ++I) {
    if (W.Tasks[I]->At != Phase::Waiting)
      continue;
    View V(P, W, I);
    if (V.C.op() == Op::Lock && !V.C.has(Flag::Shared) && V.lockInTheWay() == Lock)
      return true;
  }
  return false;
}

bool canTake(const Program &P, const World &W, ObjectId Id, const Task &T, bool Shared) {
  enum { Depth, Owner, Manner };
  const Object &Lock = *W.find(Id);
  if (Lock.N[Depth] > 0)
    return Lock.N[Owner] == T.Self && Lock.N[Manner] & RecursiveLock;
  if (!Shared)
    return Lock.Items.empty();
  return !(Lock.N[Manner] & WritersFirstLock) || !hasWaitingWriter(P, W, Id);
}

llvm::SmallVector<unsigned, 4> offers(const Program &P, const World &W, ObjectId Channel,
                                      ObjectId Receiver) {
  llvm::SmallVector<unsigned, 4> Out;
  for (unsigned I = 0; I < W.Tasks.size(); ++I) {
    const Task &T = *W.Tasks[I];
    if (T.Self == Receiver || T.Stack.empty() || T.At == Phase::Woken)
      continue;
    View V(P, W, I);
    if (V.C.op() != Op::Send || V.id(0) != Channel || V.C.has(Flag::Try))
      continue;
    // Where somebody could tell, it offers nothing before it has begun.
    if (T.At == Phase::Waiting || !beginsToWait(V))
      Out.push_back(I);
  }
  return Out;
}

namespace {

/// A .try send to a channel without room of its own needs one who receives.
bool hasReceiver(const View &V) {
  for (unsigned I = 0; I < V.W.Tasks.size(); ++I) {
    const Task &T = *V.W.Tasks[I];
    if (T.Self == V.T.Self || T.Stack.empty() || T.At == Phase::Woken)
      continue;
    View Other(V.P, V.W, I);
    bool Receives = Other.C.op() == Op::Receive && Other.id(0) == V.id(0);
    if (Receives && T.At == Phase::Waiting)
      return true;
  }
  return false;
}

void endingsOfSend(const View &V, Endings &Out) {
  const Object *Channel = V.object(0, ObjectKind::Channel);
  if (!Channel) {
    Out.Any = true;
    return;
  }
  bool Keeps = Channel->N[2] & 1 && V.T.At == Phase::Waiting;
  if (Channel->N[1] && !Keeps)
    Out.Of.push_back(Outcome::Closed);
  else if (Channel->N[0] < 0 || int32_t(Channel->Items.size()) < Channel->N[0])
    Out.Of.push_back(Outcome::Ok);
  else if (V.C.has(Flag::Try))
    Out.Of.push_back(Channel->N[0] == 0 && hasReceiver(V) ? Outcome::Ok : Outcome::Full);
}

bool canReceive(const View &V, ObjectId Id, const Object &Channel) {
  return !Channel.Items.empty() ||
         (Channel.N[0] == 0 && !offers(V.P, V.W, Id, V.T.Self).empty());
}

void endingsOfReceive(const View &V, Endings &Out) {
  const Object *Channel = V.object(0, ObjectKind::Channel);
  if (!Channel)
    Out.Any = V.T.At != Phase::Hung;
  else if (canReceive(V, V.id(0), *Channel))
    Out.Of.push_back(Outcome::Ok);
  else if (Channel->N[1])
    Out.Of.push_back(Outcome::Closed);
  else if (V.C.has(Flag::Try))
    Out.Of.push_back(Outcome::Empty);
}

void endingsOfPoll(const View &V, Endings &Out) {
  auto See = [&](Value Channel) {
    const Object *O = V.W.find(Channel);
    if (!O || !O->is(ObjectKind::Channel) || O->Escaped)
      Out.Any |= V.T.At != Phase::Hung;
    else if (Out.Of.empty() && (canReceive(V, Channel.object(), *O) || O->N[1]))
      Out.Of.push_back(Outcome::Ok);
  };
  for (size_t I = 0; I < V.C.Args.size(); ++I) {
    const Object *O = V.W.find(V.arg(I));
    if (O && O->S == Body::Sequence && !O->Escaped)
      for (const Item &Each : O->Items)
        See(Each.V);
    else
      See(V.arg(I));
  }
  Out.Any |= V.C.Args.empty();
  if (Out.none() && V.C.has(Flag::Try))
    Out.Of.push_back(Outcome::Empty);
}

void endingsOfAwait(const View &V, Endings &Out) {
  const Object *O = V.W.find(V.arg(0));
  bool IsOver = false;
  if (!O || O->S != Body::Sync || O->Escaped) {
    Out.Any = true;
    return;
  }
  switch (O->Kind) {
  case ObjectKind::Counter:
    IsOver = O->N[0] <= 0;
    break;
  case ObjectKind::Timer:
    IsOver = O->N[0] != 0;
    break;
  case ObjectKind::Barrier:
    Out.Any = !V.arg(1).isInt();
    IsOver = V.arg(1).isInt() && V.arg(1).N != O->N[1];
    break;
  case ObjectKind::Event:
    if (O->N[0] == EventFailed || O->N[0] == EventBroken)
      Out.Of.push_back(Outcome::Broken);
    IsOver = O->N[0] == EventSet;
    break;
  default:
    Out.Any = true;
  }
  if (IsOver)
    Out.Of.push_back(Outcome::Ok);
  else if (Out.none() && V.C.has(Flag::Try))
    Out.Of.push_back(Outcome::Empty);
}

void endingsOfAcquire(const View &V, Endings &Out) {
  const Object *Counter = V.object(0, ObjectKind::Counter);
  Value N = V.amount();
  if (!Counter || !N.isInt())
    Out.Any = true;
  else if (Counter->N[0] >= N.N)
    Out.Of.push_back(Outcome::Ok);
  else if (V.C.has(Flag::Try))
    Out.Of.push_back(Outcome::Empty);
}

void endingsOfLock(const View &V, Endings &Out) {
  bool InSight = false;
  for (size_t I = 0; I < V.C.Args.size(); ++I)
    InSight |= V.object(I, ObjectKind::Lock) != nullptr;
  if (!InSight)
    Out.Any = true;
  else if (V.lockInTheWay() == NoObject)
    Out.Of.push_back(Outcome::Ok);
  else if (V.C.has(Flag::Try))
    Out.Of.push_back(Outcome::Full);
}

void endingsOfJoin(const View &V, Endings &Out) {
  const Object *O = V.W.find(V.arg(0));
  if (O && O->is(ObjectKind::Event)) {
    for (const auto &T : V.W.Tasks)
      if (T->Fulfil == V.arg(0))
        return;
  } else if (O && O->is(ObjectKind::Task) && !O->N[0]) {
    return;
  }
  Out.Of.push_back(Outcome::Ok);
}

/// The wait of an atomic: for a value other than the one that was seen.
void endingsOfAtomicWait(const View &V, const Item &Memory, Endings &Out) {
  Value Seen = V.arg(2);
  if (Seen.isUnknown() || Seen.isSymbol() || Memory.V.isUnknown() || Memory.V.isSymbol())
    Out.Any = true;
  else if (Memory.V != Seen && (V.T.At == Phase::Idle || V.T.At == Phase::Notified))
    Out.Of.push_back(Outcome::Ok);
}

/// A condition wait: it needs its lock back, whatever ends it.
void endingsOfWait(const View &V, Endings &Out) {
  if (const Item *Memory = V.memory(0))
    return endingsOfAtomicWait(V, *Memory, Out);
  const Object *Condition = V.object(0, ObjectKind::Condition);
  if (!Condition)
    Condition = V.object(0, ObjectKind::Lock); // Each unlock of it is a notice.
  CancelState Cancel = V.cancel();
  if (V.T.At == Phase::Idle) {
    Out.Any = !Condition;
    if (Cancel == CancelState::Requested)
      Out.Of.push_back(Outcome::Cancelled);
    return;
  }
  if (V.lockInTheWay() != NoObject)
    return;
  if (V.T.At == Phase::Notified)
    Out.Of.push_back(Outcome::Ok);
  else if (V.T.At == Phase::Woken)
    Out.Of.push_back(V.T.Woke);
  if (!Out.Of.empty())
    return;
  Out.Any = !Condition;
  if (Cancel != CancelState::None)
    Out.Of.push_back(Outcome::Cancelled);
  if (V.C.has(Flag::Timed))
    Out.Of.push_back(Outcome::Timeout);
}

void endingsOfKind(const View &V, Endings &Out) {
  switch (V.C.op()) {
  case Op::Lock:
    return endingsOfLock(V, Out);
  case Op::Send:
    return endingsOfSend(V, Out);
  case Op::Receive:
    return endingsOfReceive(V, Out);
  case Op::Poll:
    return endingsOfPoll(V, Out);
  case Op::Await:
    return endingsOfAwait(V, Out);
  case Op::Acquire:
    return endingsOfAcquire(V, Out);
  case Op::Join:
    return endingsOfJoin(V, Out);
  case Op::Outside:
    if (V.T.At != Phase::Hung)
      Out.Of.push_back(Outcome::Ok);
    return;
  default:
    return;
  }
}

} // namespace

Endings endings(const View &V) {
  Endings Out;
  if (V.C.op() == Op::Wait) {
    endingsOfWait(V, Out);
    return Out;
  }
  if (V.T.At == Phase::Woken) {
    Out.Of.push_back(V.T.Woke);
    return Out;
  }
  if (V.C.op() == Op::Select && V.T.At == Phase::Idle)
    return Out;
  endingsOfKind(V, Out);
  if (Out.Any)
    return Out;
  CancelState Cancel = V.cancel();
  bool Ends = !Out.Of.empty();
  if (Cancel == CancelState::Requested || (Cancel == CancelState::Unknowable && !Ends))
    Out.Of.push_back(Outcome::Cancelled);
  // Where a receiver waits already, what is sent is taken in time.
  bool IsTaken = V.C.op() == Op::Send && hasReceiver(V);
  // Who shares a strand lets others run before its time is up.
  bool HasBegun = V.T.At != Phase::Idle || strandOf(V.W, V.T) == NoObject;
  if (!Ends && !IsTaken && HasBegun && V.C.has(Flag::Timed))
    Out.Of.push_back(Outcome::Timeout);
  return Out;
}

} // namespace taskleak
