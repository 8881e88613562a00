// Who holds a stuck task up: if another were let out of its wait, would this one
// go on?
//   consumer: save(order);     // hangs         <- let out, it would receive
//   sender:   orders.push(o);  // stuck

#include "explore/Schedule.h"

#include "llvm/ADT/DenseSet.h"

#include <deque>

namespace taskleak {

/// It is let pass as if it had the lock, beside the one that really does: when it
/// unlocks again, that one still holds it.
void Machine::slipIn(const Code &C) {
  for (size_t I = 0; I < C.Args.size(); ++I) {
    ObjectId Id = view().id(I);
    const auto *Lock = W.find(Id);
    if (!Lock || !Lock->is(ObjectKind::Lock))
      continue;
    if (Lock->N[0] == 0)
      takeLock(Id, C.has(Flag::Shared));
    else
      ++W.edit(Id).N[0];
  }
}

/// Who is let go waits no more for the coroutine that it runs.
static void disown(World &W, ObjectId Resumer) {
  for (auto &T : W.Tasks)
    if (T->Resumer == Resumer)
      T.edit().Resumer = NoObject;
}

Ending Machine::release() {
  const Code &C = view().C;
  Value Object = view().arg(0);
  Moved = true;
  // The data that it waited for would be there too: its next tests may say so.
  constexpr uint8_t FreeTests = 3;
  editTask().FreeBranches = FreeTests;
  if (C.Cancel && view().value(*C.Cancel).isRef() && choose(2) == 1) {
    if (C.op() == Op::Wait && view().waitLock())
      takeLock(view().id(1), C.has(Flag::Shared));
    finish(C, Outcome::Cancelled, Object, Value());
    return State;
  }
  switch (C.op()) {
  case Op::Lock:
    slipIn(C);
    break;
  case Op::Wait:
    editTask().At = Phase::Notified;
    return State;
  case Op::Select:
    editTask().Picked = 0;
    break;
  case Op::Resume:
    disown(W, Self);
    break;
  case Op::Receive:
    if (choose(2) == 1) {
      if (const auto *Channel = W.find(Object); Channel && Channel->is(ObjectKind::Channel))
        W.edit(Object.object()).N[1] = 1;
      finish(C, Outcome::Closed, Object, Value());
      return State;
    }
    break;
  default:
    break;
  }
  finish(C, Outcome::Ok, Object, Value());
  return State;
}

namespace {

/// A small search for a state in which one task moves.
class WouldMove {
  Discipline Own; ///< What is tried here must not change how the witness runs.
  Scene S;
  struct Node {
    World W;
    unsigned Victim;
  };
  std::deque<Node> Open;
  llvm::DenseSet<std::pair<uint64_t, unsigned>> Seen;
  bool Found = false;

public:
  explicit WouldMove(const Scene &Outer) : Own(Outer.D), S{Outer.P, Own, Outer.Limits} {}

  /// How many states have been looked at.
  unsigned states() const { return unsigned(Seen.size()); }

  bool run(const World &From, unsigned Victim, unsigned Released, unsigned Most) {
    step(From, Victim, Released, /*Release=*/true);
    while (!Found && !Open.empty() && Seen.size() < Most) {
      Node Now = std::move(Open.front());
      Open.pop_front();
      expand(Now);
    }
    return Found;
  }

private:
  void expand(const Node &Now) {
    if (readiness(S.P, Now.W, Now.Victim) == Readiness::Ready) {
      Found = true;
      return;
    }
    for (unsigned T = 0; T < Now.W.Tasks.size() && !Found; ++T)
      if (S.Limits.Reduce && goesFirst(S, Now.W, T)) {
        step(Now.W, Now.Victim, T, false);
        return;
      }
    for (unsigned T = 0; T < Now.W.Tasks.size() && !Found; ++T)
      if (readiness(S.P, Now.W, T) != Readiness::Blocked)
        step(Now.W, Now.Victim, T, false);
  }

  void step(const World &W, unsigned Victim, unsigned Task, bool Release) {
    forEachSuccessor(S, W, Task, Release, [&](Successor &To) {
      if (To.How != Ending::Runs)
        return true;
      unsigned Next = To.Map[Victim];
      // A victim that was removed has been let go; only what ends the process is not help.
      if (Next == TaskMap::Gone) {
        Found = true;
        return false;
      }
      if (Seen.insert({To.Print.Low, Next}).second)
        Open.push_back({std::move(To.Next), Next});
      return true;
    });
  }
};

/// Whether \p Who waits for the end of \p Other.
bool waitsForItsEnd(const Scene &S, const World &W, unsigned Who, unsigned Other) {
  auto B = blockedTask(S, W, Who);
  return B && View(S.P, W, Who).C.op() != Op::Select && B->WaitsFor >> Other & 1;
}

/// Whether \p Who waits for the end of the victim, or of one that does.
bool waitsForVictim(const Scene &S, const World &W, unsigned Who, unsigned Victim) {
  std::vector<bool> Seen(W.Tasks.size());
  std::vector<unsigned> Work = {Who};
  while (!Work.empty()) {
    unsigned Now = Work.back();
    Work.pop_back();
    for (unsigned T = 0; T < W.Tasks.size(); ++T)
      if (!Seen[T] && waitsForItsEnd(S, W, Now, T)) {
        Seen[T] = true;
        Work.push_back(T);
      }
  }
  return Seen[Victim];
}

} // namespace

bool findHolders(const Scene &S, Witnessed &Of, unsigned &Left) {
  constexpr unsigned MostStates = 1500;
  const World &W = Of.Last;
  ObjectId Victim = W.Tasks[Of.Victim]->Self;
  std::vector<unsigned> InRing;
  Of.Report.ForItself = waitsForVictim(S, W, Of.Victim, Of.Victim);
  for (unsigned T = 0; T < W.Tasks.size(); ++T) {
    bool IsOwnCase = W.Tasks[T]->Parent == Victim;
    // A case stands for itself only through its select.
    bool IsCase = W.Tasks[T]->Parent != NoObject && W.Tasks[T]->At != Phase::Hung;
    if (T == Of.Victim || IsOwnCase || IsCase || !blockedTask(S, W, T))
      continue;
    if (!waitsForItsEnd(S, W, Of.Victim, T)) {
      WouldMove If(S);
      bool Would = If.run(W, Of.Victim, T, std::min(Left, MostStates));
      if (If.states() >= Left)
        return false;
      Left -= If.states();
      if (!Would)
        continue;
    }
    auto &Where = waitsForVictim(S, W, T, Of.Victim) ? InRing : Of.Report.HeldUpBy;
    Where.push_back(Of.TrailOf[T]);
  }
  // One who waits for the victim itself explains it only if nobody else does.
  if (Of.Report.HeldUpBy.empty())
    Of.Report.HeldUpBy = std::move(InRing);
  return true;
}

} // namespace taskleak
