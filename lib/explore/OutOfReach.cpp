// Marks all that the tasks which may go on can reach, and lets go who waits for any of that.

#include "explore/OutOfReach.h"

#include "explore/Roots.h"

namespace taskleak {

namespace {

class Marking {
  const Program &P;
  const World &W;
  std::vector<bool> Reached;
  llvm::SmallVector<ObjectId, 32> Work;

public:
  Marking(const Program &P, const World &W) : P(P), W(W), Reached(W.Heap.size()) {
    for (size_t O = 0; O < W.Heap.size(); ++O)
      if (W.Heap[O] && W.Heap[O]->Escaped)
        reach(Value::ref(ObjectId(O)));
    for (Value G : W.Globals)
      reach(G);
  }

  void run(unsigned Task) {
    forEachRoot(P, *W.Tasks[Task], [&](Value V) { reach(V); });
    while (!Work.empty())
      forEachPart(*W.Heap[Work.pop_back_val()], [&](Value V) { reach(V); });
  }

  bool has(Value V) const { return V.pointsToObject() && Reached[V.object()]; }

private:
  void reach(Value V) {
    if (!V.pointsToObject() || !W.find(V.object()) || Reached[V.object()])
      return;
    Reached[V.object()] = true;
    Work.push_back(V.object());
  }
};

/// What lets a blocked task go on, if that is one thing.
Value waitedFor(const View &V) {
  if (mayEndOtherwise(V) || V.wantsLockBack())
    return Value::unknown();
  switch (V.C.op()) {
  case Op::Wait:
  case Op::Receive:
  case Op::Send:
  case Op::Await:
  case Op::Acquire:
    return V.arg(0);
  case Op::Suspend:
    return Value::ref(V.T.Self);
  default:
    return Value::unknown();
  }
}

} // namespace

uint16_t outOfReach(const Program &P, const World &W, uint16_t Never) {
  uint16_t Waiting = 0;
  llvm::SmallVector<Value, 8> For;
  for (unsigned T = 0; T < W.Tasks.size(); ++T) {
    View V(P, W, T);
    bool IsBlocked = isWait(V.C.op()) && readinessAlone(V) == Readiness::Blocked;
    For.push_back(IsBlocked ? waitedFor(V) : Value::unknown());
    Waiting |= uint16_t(For.back().pointsToObject() << T);
  }
  uint16_t Stuck = Waiting;
  if (!Stuck)
    return 0;
  Marking From(P, W);
  for (unsigned T = 0; T < W.Tasks.size(); ++T)
    if (!((Stuck | Never) >> T & 1))
      From.run(T);
  for (uint16_t Before = 0; Before != Stuck;) {
    Before = Stuck;
    for (unsigned T = 0; T < W.Tasks.size(); ++T)
      if (Stuck >> T & 1 && From.has(For[T])) {
        Stuck &= uint16_t(~(1u << T));
        From.run(T);
      }
  }
  return Stuck;
}

} // namespace taskleak
