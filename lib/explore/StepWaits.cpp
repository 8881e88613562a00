// Waits: how they begin, and what each way to end them does.

#include "explore/Machine.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

void Machine::wait(const Code &C) {
  noteUse(C, view().arg(0).object());
  Endings End = endings(view());
  if (C.op() == Op::Outside && task().At == Phase::Idle && End.Of.size() == 1)
    return outside(C);
  if (End.Any && End.Of.empty() && C.has(Flag::World) && task().At == Phase::Idle)
    return outside(C);
  if (End.none())
    return begin(C);
  Moved = true;
  if (End.Any && C.op() != Op::Wait)
    return completeUnknown(C);
  unsigned Way = choose(unsigned(End.Of.size() + End.Any));
  if (Way == End.Of.size())
    return completeUnknown(C);
  complete(C, End.Of[Way]);
}

void Machine::begin(const Code &C) {
  Stop = true;
  if (C.op() == Op::Select)
    return beginSelect(C);
  if (C.op() == Op::Suspend)
    return suspend(C);
  if (C.op() == Op::Resume)
    return resume(C, view().arg(0));
  if (view().memory(0)) {
    Value At = view().arg(0);
    At.isRef() ? touchWhole(At.object()) : touchField(At.object(), At.Field);
  }
  // What was notified about may be what is out of sight: who waits all the same has guessed.
  const Object *Condition = view().object(0, ObjectKind::Condition);
  Flipped |= C.op() == Op::Wait && task().Guessed && Condition && Condition->N[0];
  editTask().Guessed = false;
  // The time can be up before anybody runs; what is offered stays until its task runs.
  bool IsUp = task().Queues && C.has(Flag::Timed) && C.op() != Op::Send && choose(2) == 1;
  editTask().At = IsUp ? Phase::Woken : Phase::Waiting;
  editTask().Woke = IsUp ? Outcome::Timeout : Outcome::Ok;
  if (C.op() == Op::Wait && view().waitLock()) {
    ObjectId Lock = view().id(1);
    freeLock(Lock);
    if (view().arg(0) != view().arg(1) || !view().arg(2).isZero())
      tellOfUnlock(Lock);
  }
  // Who may wake by itself stands behind those that are ready now.
  if (!endings(view()).none())
    turns().goLast(index(), /*Loosely=*/!IsUp);
  leaveStrand();
}

/// Who waits on the lock itself looks again now.
void Machine::tellOfUnlock(ObjectId Lock) {
  for (auto &T : W.Tasks) {
    if (T->At != Phase::Waiting || T->Self == Self)
      continue;
    View Other(P, W, W.taskOf(T->Self));
    if (Other.C.op() == Op::Wait && Other.id(0) == Lock)
      T.edit().At = Phase::Notified;
  }
}

void Machine::leaveStrand() {
  ObjectId Strand = strandOf(W, task());
  if (Strand != NoObject && W.find(Strand)->Holder == Self)
    W.edit(Strand).Holder = NoObject;
}

void Machine::beginSelect(const Code &C) {
  View V = view();
  llvm::SmallVector<Value, 4> Cases;
  for (size_t I = 0; I < C.Args.size(); ++I)
    Cases.push_back(V.arg(I));
  Moved = true;
  Record::Event *E = log(C);
  // A case that is out of sight may end at any time.
  bool AllKnown = true;
  llvm::SmallVector<ObjectId, 4> Started;
  for (size_t I = 0; I < Cases.size() && State == Ending::Runs; ++I) {
    ObjectId Id = start(C, Cases[I], {});
    AllKnown &= Id != NoObject;
    if (Id == NoObject)
      continue;
    Started.push_back(Id);
    Task Now = task();
    Task &Case = W.Tasks[W.taskOf(Id)].edit();
    Case.Parent = Self;
    Case.CaseIndex = int16_t(I);
    Case.Ambient = Now.Ambient;
    Case.Strand = Now.Strand;
  }
  if (State != Ending::Runs)
    return;
  if (!AllKnown || Cases.empty()) {
    removeCases(Self);
    setResult(C, Value());
    return advance();
  }
  if (E)
    E->Started.append(Started.begin(), Started.end());
  editTask().At = Phase::Waiting;
  editTask().Picked = -1;
  leaveStrand();
}

void Machine::takeLock(ObjectId Id, bool Shared) {
  Object &Lock = W.edit(Id);
  if (Shared) {
    Lock.Items.push_back({Value::ref(Self)});
  } else {
    if (++Lock.N[0] > 1 && Lock.N[2] & CheckedLock)
      State = Ending::Over; // It is told that it has it: that path is not followed.
    Lock.N[1] = Self;
  }
  if (Shared || Lock.N[0] == 1)
    editTask().Held.push_back(Id);
}

/// All that are in sight, at once.
void Machine::takeLocks(const Code &C) {
  for (size_t I = 0; I < C.Args.size(); ++I) {
    if (!view().object(I, ObjectKind::Lock))
      continue;
    takeLock(view().id(I), C.has(Flag::Shared));
    if (I > 0)
      log(C, view().arg(I));
  }
}

void Machine::freeLock(ObjectId Id) {
  Object &Lock = W.edit(Id);
  ObjectId Owner = Self;
  if (Lock.N[0] > 0) {
    Owner = ObjectId(Lock.N[1]);
    if (--Lock.N[0] > 0)
      return;
    Lock.N[1] = 0;
  } else {
    auto Mine = llvm::find_if(Lock.Items, [&](const Item &I) { return I.V == Value::ref(Self); });
    if (Mine == Lock.Items.end())
      Mine = Lock.Items.begin();
    if (Mine == Lock.Items.end())
      return;
    Owner = Mine->V.object();
    Lock.Items.erase(Mine);
  }
  if (unsigned Index = W.taskOf(Owner); Index != NoId) {
    auto &Held = W.Tasks[Index].edit().Held;
    auto At = llvm::find(llvm::reverse(Held), Id);
    if (At != Held.rend())
      Held.erase(std::next(At).base());
  }
}

Value Machine::receive(const Code &C, ObjectId Channel) {
  if (!W.find(Channel)->Items.empty()) {
    auto &Items = W.edit(Channel).Items;
    Value Taken = Items.front().V;
    Items.erase(Items.begin());
    return Taken;
  }
  auto Senders = offers(P, W, Channel, Self);
  if (Senders.empty())
    return Value();
  unsigned From = Senders[choose(unsigned(Senders.size()))];
  Value Taken = View(P, W, From).arg(1);
  Task &Sender = W.Tasks[From].edit();
  Sender.At = Phase::Woken;
  Sender.Woke = Outcome::Ok;
  W.share(Taken);
  return Taken;
}

/// Puts a value into a channel; one without a bound may grow for ever.
void Machine::send(ObjectId Channel, Value V) {
  constexpr size_t MostElements = 16;
  W.edit(Channel).Items.push_back({V});
  keep(Channel, V);
  if (W.find(Channel)->N[0] < 0 && W.find(Channel)->Items.size() > MostElements)
    State = Ending::Endless;
}

void Machine::complete(const Code &C, Outcome Ended) {
  View V = view();
  Value A = V.arg(0), B = V.arg(1), Received;
  bool WasWoken = task().At == Phase::Woken;
  if (C.op() == Op::Wait && task().At != Phase::Idle && V.waitLock())
    takeLock(V.id(1), C.has(Flag::Shared));
  if (Ended == Outcome::Timeout)
    noteGuess();
  if (Ended == Outcome::Ok)
    switch (C.op()) {
    case Op::Lock:
      takeLocks(C);
      break;
    case Op::Send:
      if (!WasWoken)
        send(A.object(), B);
      break;
    case Op::Receive:
      Received = receive(C, A.object());
      break;
    case Op::Await:
      if (const Object *Event = V.object(0, ObjectKind::Event)) {
        Received = Event->Items.empty() ? Value() : Event->Items[0].V;
        if (Event->N[2])
          W.edit(A.object()).N[0] = EventUnset;
      }
      break;
    case Op::Acquire:
      W.edit(A.object()).N[0] -= C.Args.size() > 1 ? B.N : 1;
      break;
    default:
      break;
    }
  finish(C, Ended, A, Received);
}

/// A wait on something out of sight. That it fails with an exception is an assumption.
void Machine::completeUnknown(const Code &C) {
  By.note(*C.I, C.Site, std::nullopt, nullptr);
  if (C.op() == Op::Send || C.op() == Op::Fulfil)
    W.escape(view().arg(1));
  // The world cancels nothing.
  bool MayThrow = llvm::any_of(C.I->Outcomes, [&](const OutcomeValue &O) {
    return O.Throws && !(O.When == Outcome::Cancelled && C.has(Flag::World));
  });
  editTask().At = Phase::Idle;
  if (MayThrow && choose(2) == 1) {
    assume(C, [&] {
      return "`" + (C.I->Text.empty() ? spelling(C.op()).str() : C.I->Text) + "` throws";
    });
    if (Record::Event *E = log(C, view().arg(0)))
      E->Threw = true;
    return raise();
  }
  setResult(C, Value());
  set(C.I->Received, Value());
  advance();
}

void Machine::finish(const Code &C, Outcome Ended, Value Object, Value Received) {
  By.note(*C.I, C.Site, Ended, W.find(Object));
  bool SelectFailed = C.op() == Op::Select && Ended == Outcome::Ok && task().Picked < 0;
  Value Result = Value::integer(Ended == Outcome::Ok);
  bool Throws = SelectFailed;
  for (const OutcomeValue &O : C.I->Outcomes)
    if (O.When == Ended && !SelectFailed) {
      Result = Value::integer(P.number(O.Value));
      Throws = O.Throws;
    }
  if (C.op() == Op::Select && Ended == Outcome::Ok && !C.has(Flag::Every))
    Result = Value::integer(task().Picked);
  removeCases(Self);
  Task &Now = editTask();
  Now.At = Phase::Idle;
  Now.Suspended = false;
  Now.Picked = -1;
  if (Record::Event *E = log(C, Object)) {
    E->Ended = Ended;
    E->Threw = Throws;
    const auto *O = W.find(Object);
    bool IsFull = O && O->is(ObjectKind::Channel) && C.op() == Op::Send && O->N[0] > 0 &&
                  int32_t(O->Items.size()) >= O->N[0];
    if (IsFull && Ended == Outcome::Ok)
      E->Note = "capacity " + std::to_string(P.original(O->N[0])) + " is used up";
  }
  // A task that its own cancel unwinds only ends, whatever an exception would do.
  if (Throws && Ended == Outcome::Cancelled && C.has(Flag::Ambient))
    editTask().Terminates = false;
  if (Throws)
    return raise();
  setResult(C, Result);
  set(C.I->Received, Received);
  advance();
}

} // namespace taskleak
