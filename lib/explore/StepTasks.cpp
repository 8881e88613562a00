// Tasks: how they begin and end.

#include "explore/Machine.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

void Machine::taskOperation(const Code &C) {
  switch (C.op()) {
  case Op::Spawn:
    Moved = true;
    return spawn(C);
  case Op::Join:
  case Op::Resume:
  case Op::Outside:
    return wait(C);
  case Op::Detach:
    Moved = true;
    if (const Object *O = W.find(view().arg(0)); O && O->is(ObjectKind::Task)) {
      W.edit(view().arg(0).object()).N[1] = int32_t(C.Site);
      W.edit(view().arg(0).object()).N[2] = 1;
    }
    return advance();
  case Op::Mask:
    Moved = true;
    return mask(C);
  case Op::Kill:
    Moved = true;
    return kill(C);
  default: // Yield
    Moved = true;
    // Others may go on here, and need not: nobody is blamed for what follows.
    Flipped |= C.has(Flag::World);
    By.Time = true;
    Stop = strandOf(W, task()) != NoObject;
    turns().goLast(index(), /*Loosely=*/true); // It may be a sleep.
    leaveStrand();
    return advance();
  }
}

/// The world answers, or never does. Only others can tell the difference.
void Machine::outside(const Code &C) {
  // That ever more calls hang at the same time explains nothing more.
  constexpr unsigned MostHung = 2;
  auto Hung = llvm::count_if(W.Tasks, [](const auto &T) { return T->At == Phase::Hung; });
  bool MayHang = !C.has(Flag::Timed) && view().cancel() != CancelState::Unknowable &&
                 W.Tasks.size() > 1 && Hung < MostHung;
  if (MayHang && choose(2) == 1) {
    this->Hung = true;
    Stop = true;
    editTask().At = Phase::Hung;
    leaveStrand();
    return;
  }
  Moved = true;
  if (C.op() != Op::Outside)
    return completeUnknown(C);
  complete(C, Outcome::Ok);
}

/// A task that is not to be cancelled has no cancel of its own meanwhile.
void Machine::mask(const Code &C) {
  Value On = view().arg(0), Own = W.cancelOf(Value::ref(Self));
  const Object *Cancel = W.find(Own);
  bool HasOwn = Cancel && Cancel->is(ObjectKind::Cancel);
  bool WasOn = HasOwn && task().Ambient.isNull();
  bool IsKnown = On.isInt() || On.isNull();
  editTask().Ambient = !IsKnown ? Value() : On.isZero() && HasOwn ? Own : Value::null();
  setResult(C, Value::integer(WasOn));
  advance();
}

/// A new task that is about to run \p Callable; NoObject if that is not known.
ObjectId Machine::start(const Code &C, Value Callable, llvm::ArrayRef<Value> Args) {
  Object Handle;
  Handle.S = Body::Sync;
  Handle.Kind = ObjectKind::Task;
  Handle.Site = C.Site;
  ObjectId Id = W.add(std::move(Handle));
  // The frame is made on this task's stack and moved over.
  size_t Depth = task().Stack.size();
  if (!enterCallable(Callable, Args, ToCaller) || task().Stack.size() == Depth) {
    W.Heap[Id] = {};
    return NoObject;
  }
  Task New;
  New.Self = Id;
  New.Stack.push_back(task().Stack.back());
  editTask().Stack.pop_back();
  if (W.Tasks.size() == 1)
    for (Value G : W.Globals)
      W.share(G);
  W.share(Callable);
  W.share(Value::ref(Id));
  for (Value A : Args)
    W.share(A);
  W.Tasks.push_back(CopyOnWrite<Task>(std::move(New)));
  if (W.Tasks.size() > std::min(Limits.Tasks, 15u))
    truncate("tasks");
  return Id;
}

/// The strand of a new task: a cooperative one shares this task's.
Value Machine::strandFor(const Code &C, Value Given) {
  if (!C.has(Flag::Cooperative) || Given.isRef())
    return Given;
  editTask().Queues |= C.has(Flag::InTurn);
  if (!task().Strand.isRef()) {
    // A task without a strand is one from now on: its task object stands for it.
    editTask().Strand = Value::ref(Self);
    W.edit(Self).Holder = Self;
    Strand = Self;
  }
  return task().Strand;
}

void Machine::spawn(const Code &C) {
  View V = view();
  llvm::SmallVector<Value, 8> Args;
  for (size_t I = 1; I < C.Args.size(); ++I)
    Args.push_back(V.arg(I));
  Value Callable = V.arg(0);
  Value Done = C.Done ? V.value(*C.Done) : Value::null();
  Value Fulfil = C.Fulfil ? V.value(*C.Fulfil) : Value::null();
  Value Ambient = C.Cancel ? V.value(*C.Cancel) : Value::null();
  Value Strand = C.Strand ? V.value(*C.Strand) : Value::null();
  Record::Event *E = log(C);
  ObjectId Id = start(C, Callable, Args);
  if (Id == NoObject) {
    // What it runs is out of sight: so is all that it was given.
    W.escape(Callable);
    for (Value A : {Done, Fulfil, Ambient, Strand})
      W.escape(A);
    for (Value A : Args)
      W.escape(A);
    setResult(C, Value());
    return advance();
  }
  if (E)
    E->Started.push_back(Id);
  if (Strand.isNull() && Done.isRef() && Done == task().Done)
    Strand = task().Strand; // Its own executor, whatever handle it came as.
  Strand = strandFor(C, Strand);
  Task &New = W.Tasks[W.taskOf(Id)].edit();
  New.Done = Done;
  New.Fulfil = Fulfil;
  New.Ambient = Ambient;
  New.Strand = Strand;
  New.Terminates = C.has(Flag::Terminates);
  New.Suspended = C.has(Flag::Suspended);
  if (Ambient.isRef())
    W.edit(Id).Items.push_back({Ambient, ParentItem});
  for (Value Given : {Done, Fulfil, Ambient, Strand})
    W.share(Given);
  if (const Object *Counter = W.find(Done); Counter && Counter->is(ObjectKind::Counter))
    ++W.edit(Done.object()).N[0];
  setResult(C, Value::ref(Id));
  advance();
  if (!C.has(Flag::Suspended))
    enqueue(C, Id);
}

/// A new task waits its turn, or runs now while its spawner waits.
void Machine::enqueue(const Code &C, ObjectId New) {
  unsigned Index = W.taskOf(New);
  if (C.has(Flag::InTurn))
    W.Tasks[Index].edit().Queues = true;
  // What only waits, for a handler to be run then, has begun to when the call returns.
  View First(P, W, Index);
  if (C.has(Flag::Implicit) && readinessAlone(First) == Readiness::Begins && First.C.op() != Op::Wait &&
      First.C.op() != Op::Select)
    W.Tasks[Index].edit().At = Phase::Waiting;
  turns().giveReady();
  ObjectId Shared = strandOf(W, task());
  if (!C.has(Flag::AtOnce) || Shared == NoObject || Shared != strandOf(W, *W.Tasks[Index]))
    return;
  Stop = true;
  turns().goLast(index(), /*Loosely=*/false);
  W.edit(Shared).Holder = New;
  W.Tasks[Index].edit().Turn = 0;
}

/// A task's place is free; whoever waits for its end can go on.
void Machine::end(unsigned Index) {
  const Task Now = *W.Tasks[Index];
  W.edit(Now.Self).N[0] = 1;
  if (const Object *Counter = W.find(Now.Done); Counter && Counter->is(ObjectKind::Counter))
    --W.edit(Now.Done.object()).N[0];
  ObjectId Strand = strandOf(W, Now);
  if (Strand != NoObject && W.find(Strand)->Holder == Now.Self)
    W.edit(Strand).Holder = NoObject;
  W.Tasks.erase(W.Tasks.begin() + Index);
  removeCases(Now.Self);
}

/// Cancels what is left of a select where it waits.
void Machine::removeCases(ObjectId Parent, ObjectId But) {
  for (unsigned T = 0; T < W.Tasks.size();) {
    if (W.Tasks[T]->Parent == Parent && W.Tasks[T]->Self != But) {
      end(T);
      T = 0;
    } else {
      ++T;
    }
  }
}

/// A case of a select has ended: it may be the one that the select waits for. An
/// exception ends a select that waits for each of its cases.
void Machine::finishCase(const Task &Case, bool Threw) {
  unsigned Index = W.taskOf(Case.Parent);
  if (Index == NoId || W.Tasks[Index]->At == Phase::Woken)
    return;
  bool Every = View(P, W, Index).C.has(Flag::Every);
  bool IsLast = llvm::none_of(W.Tasks, [&](const auto &T) {
    return T->Parent == Case.Parent && T->Self != Case.Self;
  });
  if (Every == Threw || IsLast) {
    Task &Parent = W.Tasks[Index].edit();
    Parent.Picked = Threw ? int16_t(-1) : Every ? int16_t(0) : Case.CaseIndex;
    Parent.At = Phase::Woken;
    Parent.Woke = Outcome::Ok;
    removeCases(Case.Parent, /*But=*/Case.Self);
  }
}

void Machine::kill(const Code &C) {
  Value Group = view().arg(0);
  log(C, Group);
  if (!W.find(Group))
    return advance();
  for (unsigned T = 0; T < W.Tasks.size();) {
    const Task Now = *W.Tasks[T];
    bool IsGiven = Value::ref(Now.Self) == Group;
    if (Now.Self == Self || (Now.Strand != Group && Now.Done != Group && !IsGiven)) {
      ++T;
      continue;
    }
    if (const Object *Event = W.find(Now.Fulfil); Event && Event->is(ObjectKind::Event))
      fulfil(Now.Fulfil.object(), EventBroken, Value());
    end(T);
    T = 0;
  }
  if (W.find(Group)->is(ObjectKind::Counter))
    W.edit(Group.object()).N[0] = 0;
  if (task().Strand == Group || task().Done == Group) {
    end(index());
    Ended = true;
    return;
  }
  advance();
}

} // namespace taskleak
