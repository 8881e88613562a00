// How a task is blocked: where, on what, and whose end would let it go.

#include "explore/Encoder.h"
#include "explore/Graph.h"

namespace taskleak {

namespace {

struct Cases {
  uint16_t All = 0, Hung = 0;
};

Cases casesOf(const World &W, ObjectId Parent) {
  Cases Out;
  for (unsigned T = 0; T < W.Tasks.size(); ++T)
    if (W.Tasks[T]->Parent == Parent) {
      Out.All |= uint16_t(1u << T);
      if (W.Tasks[T]->At == Phase::Hung)
        Out.Hung |= uint16_t(1u << T);
    }
  return Out;
}

/// Tasks that will bring an event, or count a counter down, when they end.
uint16_t bringers(const World &W, Value Object) {
  uint16_t Out = 0;
  for (unsigned T = 0; Object.isRef() && T < W.Tasks.size(); ++T)
    if (W.Tasks[T]->Fulfil == Object || W.Tasks[T]->Done == Object ||
        W.Tasks[T]->Self == Object.object())
      Out |= uint16_t(1u << T);
  return Out;
}

/// The coroutine that it runs.
uint16_t resumed(const World &W, const Task &By) {
  for (unsigned T = 0; T < W.Tasks.size(); ++T)
    if (W.Tasks[T]->Resumer == By.Self)
      return uint16_t(1u << T);
  return 0;
}

uint64_t callers(const Task &T) {
  uint64_t Out = 0;
  for (size_t I = 0; I + 1 < T.Stack.size(); ++I) {
    uint64_t Words[] = {Out, position(*T.Stack[I])};
    Out = mix(Words);
  }
  return Out;
}

} // namespace

std::optional<BlockedTask> blockedTask(const Scene &S, const World &W, unsigned Task) {
  View V(S.P, W, Task);
  // Not before it has begun, nor where it has yielded what somebody may ask for, nor at its end.
  bool Rests = V.T.Suspended && (V.T.At == Phase::Idle || V.C.has(Flag::Implicit));
  if (Rests || !isWait(V.C.op()) || readiness(S.P, W, Task) != Readiness::Blocked || !endings(V).none())
    return std::nullopt;
  BlockedTask B;
  B.Task = uint8_t(Task);
  B.Site = V.C.Site;
  B.Callers = callers(V.T);
  B.IsHung = V.T.At == Phase::Hung;
  B.IsCase = V.T.Parent != NoObject;
  B.IsSure = !V.T.EverGuessed;
  const Object *O = W.find(V.wanted());
  switch (V.C.op()) {
  case Op::Select: {
    Cases Of = casesOf(W, V.T.Self);
    B.WaitsFor = Of.All;
    B.ForEach = V.C.has(Flag::Every);
    B.Hanging = Of.Hung;
    B.IsHung = Of.All == Of.Hung;
    break;
  }
  case Op::Wait:
    B.Kind = V.wantsLockBack() ? ObjectKind::Lock : ObjectKind::Condition;
    break;
  case Op::Poll:
    B.Kind = ObjectKind::Channel;
    break;
  case Op::Resume:
    B.Kind = ObjectKind::Task;
    B.WaitsFor = resumed(W, V.T);
    break;
  default:
    B.Kind = O && O->S == Body::Sync ? O->Kind : ObjectKind::None;
    if (V.C.op() == Op::Join || V.C.op() == Op::Await)
      B.WaitsFor = bringers(W, V.arg(0));
  }
  return B;
}

static bool isTimer(const World &W, Value V) {
  const Object *O = W.find(V);
  return O && O->is(ObjectKind::Timer);
}

std::optional<IdlingTask> idlingTask(const Scene &S, const World &W, unsigned Task) {
  View V(S.P, W, Task);
  if (V.T.Parent != NoObject || V.T.At == Phase::Hung)
    return std::nullopt;
  IdlingTask Out{Elsewhere, uint8_t(Task), NoId, ObjectKind::None, V.T.Stack.front()->F};
  if (!isWait(V.C.op()))
    return Out;
  Endings End = endings(V);
  bool ByTime =
      End.Of.size() == 1 && !End.Any &&
      (End.Of[0] == Outcome::Timeout || (End.Of[0] == Outcome::Ok && isTimer(W, V.arg(0))));
  bool IsSelect = V.C.op() == Op::Select && V.T.At == Phase::Waiting && End.none();
  if (!ByTime && !IsSelect)
    return End.none() ? std::nullopt : std::optional(Out);
  Out.Site = V.C.Site;
  Out.Kind = V.C.op() == Op::Wait   ? ObjectKind::Condition
             : V.C.op() == Op::Poll ? ObjectKind::Channel
                                    : ObjectKind::None;
  const Object *O = W.find(V.wanted());
  if (O && O->S == Body::Sync && Out.Kind == ObjectKind::None)
    Out.Kind = O->Kind;
  return Out;
}

} // namespace taskleak
