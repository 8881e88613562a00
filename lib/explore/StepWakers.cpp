// Operations that let others go on.

#include "explore/Machine.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

void Machine::waker(const Code &C) {
  View V = view();
  Value A = V.arg(0);
  if (C.op() == Op::Request)
    return request(C, W.cancelOf(A));
  const Object *O = W.find(A);
  bool IsInSight = O && O->S == Body::Sync && !O->Escaped;
  if (IsInSight || (C.op() == Op::Notify && V.memory(0))) {
    wakeBy(C, A);
  } else {
    // Of an object out of sight: nothing, and what it is given is out of sight too.
    if (C.op() == Op::Fulfil)
      W.escape(V.arg(1));
    setResult(C, Value());
  }
  advance();
}

void Machine::wakeBy(const Code &C, Value A) {
  bool CountsItself = C.op() == Op::Notify || C.op() == Op::Count || C.op() == Op::Arrive;
  if (!CountsItself)
    log(C, A);
  switch (C.op()) {
  case Op::Unlock:
    if (W.find(A)->is(ObjectKind::Lock)) {
      freeLock(A.object());
      tellOfUnlock(A.object());
    }
    return;
  case Op::Notify:
    return notify(C);
  case Op::Close:
    if (W.find(A)->is(ObjectKind::Channel))
      close(C, A.object());
    return;
  case Op::Interrupt:
    return interrupt(A);
  case Op::Count:
    return count(C);
  case Op::Arrive:
    return arrive(C);
  case Op::Fulfil:
    return fulfil(A.object(), C.has(Flag::Fails) ? EventFailed : EventSet, view().arg(1));
  case Op::Break:
    return fulfil(A.object(), EventBroken, Value());
  default:
    return;
  }
}

void Machine::notify(const Code &C) {
  Value Condition = view().arg(0);
  if (const Object *O = W.find(Condition); O && O->is(ObjectKind::Condition) && P.AsksOutside)
    W.edit(Condition.object()).N[0] = 1;
  llvm::SmallVector<unsigned, 4> Waiters;
  for (unsigned T = 0; T < W.Tasks.size(); ++T)
    if (W.Tasks[T]->At == Phase::Waiting) {
      View Other(P, W, T);
      if (Other.C.op() == Op::Wait && Other.arg(0) == Condition)
        Waiters.push_back(T);
    }
  if (Record::Event *E = log(C, view().arg(0)); E && Waiters.empty())
    E->Note = "wakes nobody";
  if (Waiters.empty())
    return;
  if (!C.has(Flag::All))
    Waiters = {Waiters[choose(unsigned(Waiters.size()))]};
  for (unsigned T : Waiters)
    W.Tasks[T].edit().At = Phase::Notified;
  turns().give(Waiters);
}

void Machine::close(const Code &C, ObjectId Channel) {
  Object &O = W.edit(Channel);
  O.N[1] = 1;
  if (O.N[2] & 2)
    O.Items.clear();
}

void Machine::interrupt(Value Object) {
  for (auto &T : W.Tasks) {
    if (T->At != Phase::Waiting)
      continue;
    View Other(P, W, W.taskOf(T->Self));
    bool WaitsForIt = false;
    for (size_t I = 0; I < Other.C.Args.size(); ++I)
      WaitsForIt |= Other.arg(I) == Object;
    if (!WaitsForIt || Other.C.op() == Op::Select)
      continue;
    T.edit().At = Phase::Woken;
    T.edit().Woke = Outcome::Cancelled;
  }
}

void Machine::count(const Code &C) {
  View V = view();
  ObjectId Counter = V.id(0);
  Value N = V.amount();
  if (N.isSymbol())
    N = number(N, C);
  if (!N.isInt()) {
    W.escape(Value::ref(Counter));
    return;
  }
  Object &O = W.edit(Counter);
  if (!O.is(ObjectKind::Counter))
    return;
  O.N[0] += N.N;
  if (O.N[0] > 1000 || O.N[0] < -1000)
    truncate("count");
  if (Record::Event *E = log(C, Value::ref(Counter)))
    E->Note = "count is " + std::to_string(W.find(Counter)->N[0]);
}

void Machine::arrive(const Code &C) {
  View V = view();
  ObjectId Barrier = V.id(0);
  enum { Arrived, PhaseNumber, Participants };
  Value N = V.amount();
  if (N.isSymbol())
    N = number(N, C);
  Object &O = W.edit(Barrier);
  if (!O.is(ObjectKind::Barrier))
    return setResult(C, Value());
  Value Phase = Value::integer(O.N[PhaseNumber]);
  // Who leaves is not waited for in this phase either.
  if (C.has(Flag::Drop) && O.N[Participants] > 0)
    --O.N[Participants];
  else
    O.N[Arrived] += N.isInt() ? N.N : 1;
  bool Last = O.N[Arrived] >= O.N[Participants];
  if (Last) {
    O.N[Arrived] = 0;
    // A waiter never lags more than one phase behind.
    O.N[PhaseNumber] = (O.N[PhaseNumber] + 1) % 4;
  }
  log(C, Value::ref(Barrier));
  setResult(C, Phase);
}

void Machine::fulfil(ObjectId Event, int32_t To, Value V) {
  Object &O = W.edit(Event);
  if (!O.is(ObjectKind::Event) || O.N[0] != EventUnset)
    return;
  O.N[0] = To;
  if (O.Items.empty())
    O.Items.push_back({});
  O.Items[0].V = V;
  keep(Event, V);
}

/// Requests a cancel; callbacks of it and its children run now, in this task.
void Machine::request(const Code &C, Value Cancel) {
  log(C, Cancel);
  setResult(C, Value());
  advance();
  const Object *O = W.find(Cancel);
  if (!O || !O->is(ObjectKind::Cancel) || O->Escaped || O->N[0])
    return;
  llvm::SmallVector<ObjectId, 4> Work = {Cancel.object()};
  llvm::SmallVector<Value, 4> Callbacks;
  for (size_t I = 0; I < Work.size(); ++I) {
    Object &Now = W.edit(Work[I]);
    if (Now.N[0])
      continue;
    Now.N[0] = 1;
    for (const Item &Each : Now.Items) {
      if (Each.Name == CallbackItem)
        Callbacks.push_back(Each.V);
      else if (Each.Name == ChildItem && W.find(Each.V))
        Work.push_back(Each.V.object());
    }
    llvm::erase_if(Now.Items, [](const Item &I) { return I.Name != ParentItem; });
  }
  for (Value Callback : llvm::reverse(Callbacks))
    if (State == Ending::Runs)
      enterCallable(Callback, {}, Dropped);
}

} // namespace taskleak
