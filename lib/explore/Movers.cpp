// Which operations commute with those of other tasks.

#include "explore/Movers.h"

#include "explore/Pointers.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

bool exceptionLeaves(const Program &P, const Task &T) {
  for (const auto &F : llvm::reverse(T.Stack)) {
    const CodeFunction *Fn = P.function(F->F);
    if (Fn->Blocks[F->B].Unwind != NoId)
      return false;
    if (Fn->F->NoExcept)
      return true;
  }
  return true;
}

namespace {

class Judge {
  const Program &P;
  Discipline &D;
  const World &W;
  View V;

public:
  Judge(const Program &P, Discipline &D, const World &W, unsigned Task)
      : P(P), D(D), W(W), V(P, W, Task) {}

  Mover mover() const {
    if (V.T.FreeBranches > 0)
      return Mover::Boundary;
    switch (group(V.C.op())) {
    case OpGroup::Value:
      return Mover::Local;
    case OpGroup::Memory:
      return memory();
    case OpGroup::Call:
      if (V.C.op() == Op::CallVirtual)
        return type(/*Writes=*/false);
      return V.C.op() == Op::Extern && V.C.has(Flag::Throws) && exceptionLeaves(P, V.T)
                 ? ending()
                 : Mover::Local;
    case OpGroup::Task:
      return task();
    case OpGroup::Object:
      return V.C.op() == Op::Make ? Mover::Local : onOperand(Mover::Commit);
    case OpGroup::Wait:
      return wait();
    case OpGroup::Waker:
      return waker();
    case OpGroup::Terminator:
      return terminator();
    }
    return Mover::Boundary;
  }

private:
  bool reached(Value Object) const {
    const auto *O = W.find(Object.object());
    return O && O->Reached;
  }

  Mover onOperand(Mover Otherwise) const {
    return reached(V.arg(0)) && !isAlone() ? Otherwise : Mover::Local;
  }

  /// All others are coroutines that nobody runs, or wait for one that they run.
  bool isAlone() const {
    return llvm::all_of(W.Tasks, [&](const auto &T) {
      return T->Self == V.T.Self || T->Suspended || llvm::any_of(W.Tasks, [&](const auto &Run) {
               return Run->Resumer == T->Self;
             });
    });
  }

  /// The end of a task: what it brings others.
  Mover ending() const {
    const Task &T = V.T;
    auto IsFreed = [&](ObjectId Lock) { return isRobust(W, Lock); };
    bool Seen = T.Parent != NoObject || llvm::any_of(T.Held, IsFreed) || reached(T.Done) ||
                reached(T.Fulfil) || strandOf(W, T) != NoObject;
    return Seen ? Mover::Commit : Mover::Local;
  }

  /// The end of a path may as well come at once: from here on it can come at any time, and
  /// after it nobody is stuck. An exit may be the end of its task alone.
  Mover terminator() const {
    switch (V.C.op()) {
    case Op::Return:
      return V.T.Stack.size() == 1 ? ending() : Mover::Local;
    case Op::Throw:
      return exceptionLeaves(P, V.T) ? ending() : Mover::Local;
    case Op::Exit:
      return ending();
    default:
      return Mover::Local;
    }
  }

  Mover task() const {
    switch (V.C.op()) {
    case Op::Spawn:
      return V.C.Done && reached(V.value(*V.C.Done)) ? Mover::Commit : Mover::Local;
    case Op::Resume: // Nobody else does.
    case Op::Detach:
    case Op::Mask:
      return Mover::Local;
    case Op::Yield:
      return strandOf(W, V.T) == NoObject && !V.C.has(Flag::World) ? Mover::Local
                                                                  : Mover::Boundary;
    case Op::Kill:
      return Mover::Commit;
    case Op::Outside:
      // Nobody can tell when the world answers, except who could end the wait.
      return V.T.At == Phase::Idle && !isCancellable() && strandOf(W, V.T) == NoObject
                 ? Mover::Local
                 : Mover::Boundary;
    case Op::Join:
      return !endings(V).none() && V.T.At == Phase::Idle ? Mover::Local : Mover::Boundary;
    default:
      return Mover::Boundary;
    }
  }

  Mover waker() const {
    switch (V.C.op()) {
    case Op::Unlock:
      return unlock();
    case Op::Count:
      return onOperand(count());
    case Op::Request: // To nobody who could hear it.
      return P.HearsCancels ? onOperand(Mover::Commit) : Mover::Local;
    default:
      return onOperand(Mover::Commit);
    }
  }

  /// Those who wait for a counter to be as large are let go by it, and nobody else can tell; in the
  /// same way those who wait for zero.
  Mover count() const {
    Value Change = V.amount();
    bool Others = Change.isInt() && Change.N > 0 ? P.AwaitsCounters : P.AcquiresCounters;
    return Change.isInt() && !Others && !P.TriesCounters ? Mover::Release : Mover::Commit;
  }

  Mover unlock() const {
    const Object *Lock = V.object(0, ObjectKind::Lock);
    if (!Lock || !Lock->Reached)
      return Mover::Local;
    bool Owns = llvm::is_contained(V.T.Held, V.id(0));
    return Owns && !P.TriesLocks ? Mover::Release : Mover::Commit;
  }

  Mover wait() const {
    if (V.C.op() == Op::Suspend && V.T.At != Phase::Waiting)
      return Mover::Local;
    if (V.T.At != Phase::Idle)
      return Mover::Boundary;
    // An atomic's wait reads it too.
    if (V.C.op() == Op::Wait && V.memory(0)) {
      through(/*Writes=*/false);
      return Mover::Commit;
    }
    Endings End = endings(V);
    if (V.C.op() == Op::Wait)
      return End.Any ? Mover::Local : Mover::Commit;
    if (V.C.op() == Op::Select)
      return Mover::Local;
    if (End.none() || V.C.op() == Op::Poll)
      return End.Any ? Mover::Local : Mover::Boundary;
    if (V.C.op() == Op::Lock)
      return locks();
    bool Alone = !reached(V.arg(0)) && (!isCancellable() || cancelIsOwn());
    return Alone ? Mover::Local : Mover::Boundary;
  }

  /// Locks that nobody else can take, or that are held already, are taken without anybody
  /// noticing; but a writer that waits keeps even those out who hold a share.
  Mover locks() const {
    for (size_t I = 0; I < V.C.Args.size(); ++I) {
      const Object *Lock = V.object(I, ObjectKind::Lock);
      bool Again =
          Lock && !(Lock->N[2] & WritersFirstLock) && llvm::is_contained(V.T.Held, V.id(I));
      if (reached(V.arg(I)) && !Again)
        return Mover::Boundary;
    }
    return Mover::Local;
  }

  bool isCancellable() const {
    return V.C.Cancel || (V.C.has(Flag::Ambient) && V.T.Ambient.isRef());
  }

  bool cancelIsOwn() const {
    return (!V.C.Cancel || !reached(V.value(*V.C.Cancel))) && !reached(V.T.Ambient);
  }

  Mover access(const Object &O, TextId Field, ObjectId Guard, bool Writes) const {
    // Who has touched it too early may no longer reach it.
    if (!O.Reached && O.WasReached)
      D.noteLate(W, V.T, memoryKey(O, Field), Guard, Writes);
    if (!O.Reached || O.Escaped)
      return Mover::Local;
    bool Free = isAlone() || D.permits(W, V.T, memoryKey(O, Field), Guard, Writes);
    return Free ? Mover::Local : Mover::Commit;
  }

  Mover field(const Object &O, TextId Field, bool Writes) const {
    for (const Item &I : O.Items)
      if (I.Name == Field)
        return access(O, Field, I.Guard, Writes);
    return access(O, Field, NoObject, Writes);
  }

  /// Through an address or a cell.
  Mover through(bool Writes) const {
    Value At = V.arg(0);
    const Object *O = W.find(At.object());
    if (!O)
      return Mover::Local;
    if (O->S == Body::Sequence)
      return access(*O, 0, O->Guard, Writes);
    if (At.K == Value::Kind::Address)
      return field(*O, At.Field, Writes);
    return O->S == Body::Cell ? access(*O, 0, O->Guard, Writes) : Mover::Local;
  }

  /// What a record is changes as it is destroyed, and a virtual call hangs on it. No lock
  /// guards that: the record stands for one that nobody holds.
  Mover type(bool Writes) const {
    const Object *O = W.find(V.arg(0));
    return O && O->S == Body::Record ? access(*O, TypeField, V.id(0), Writes) : Mover::Local;
  }

  Mover memory() const {
    Value Base = V.arg(0);
    const Object *O = pointedObject(W, Base);
    switch (V.C.op()) {
    case Op::Get:
    case Op::Put:
      return through(V.C.op() == Op::Put);
    case Op::Load:
    case Op::Store:
      O = W.find(pointee(W, Base));
      return O && O->S == Body::Record ? field(*O, V.C.Text, V.C.op() == Op::Store)
                                        : Mover::Local;
    case Op::Become:
      return type(/*Writes=*/true);
    case Op::Drop:
      return onOperand(Mover::Commit);
    case Op::Copy:
      return O && O->Reached && O->S != Body::Closure && !isAlone() ? Mover::Commit : Mover::Local;
    case Op::At:
    case Op::Size:
      return O && O->S == Body::Sequence ? access(*O, 0, O->Guard, false) : Mover::Local;
    case Op::Append:
    case Op::Prepend:
    case Op::TakeFirst:
    case Op::TakeLast:
    case Op::RemoveAt:
    case Op::SetAt:
    case Op::Clear:
      return O && O->S == Body::Sequence ? access(*O, 0, O->Guard, true) : Mover::Local;
    default:
      return Mover::Local;
    }
  }
};

} // namespace

Mover mover(const Program &P, Discipline &D, const World &W, unsigned Task) {
  return Judge(P, D, W, Task).mover();
}

} // namespace taskleak
