// Making and changing the objects that tasks wait on.

#include "explore/Arithmetic.h"
#include "explore/Machine.h"

namespace taskleak {

void Machine::object(const Code &C) {
  Value A = view().arg(0);
  switch (C.op()) {
  case Op::Make:
    make(C);
    break;
  case Op::Reset:
    reset(C);
    break;
  case Op::Requested: {
    CancelState Is = cancelState(W, C.has(Flag::Ambient) ? task().Ambient : A);
    if (C.has(Flag::Ambient) && !task().Ambient.isRef())
      Is = CancelState::Unknowable; // Who started this task is out of sight.
    setResult(C, Is == CancelState::Unknowable ? Value()
                                               : Value::integer(Is == CancelState::Requested));
    break;
  }
  case Op::Ended: {
    const Object *Coroutine = view().object(0, ObjectKind::Task);
    setResult(C, Coroutine ? Value::integer(Coroutine->N[0]) : Value());
    break;
  }
  case Op::OnRequest:
    return onRequest(C);
  default:
    break;
  }
  advance();
}

void Machine::make(const Code &C) {
  Value A = view().arg(0);
  Object O;
  O.S = Body::Sync;
  O.Kind = C.I->Kind;
  O.Site = C.Site;
  bool Counts = O.Kind == ObjectKind::Counter || O.Kind == ObjectKind::Barrier;
  if (Counts && A.isSymbol())
    A = number(A, C);
  if (O.Kind == ObjectKind::Cancel)
    A = W.cancelOf(A);
  setUp(O, C, A);
  ObjectId Id = W.add(std::move(O));
  setResult(C, Value::ref(Id));
  // A parent's request is seen through its child.
  if (const Object *Parent = W.find(A); Parent && Parent->Reached)
    W.share(Value::ref(Id));
}

/// A lock whose manner is not known is claimed to be none that gets its owner stuck.
static int32_t mannerOf(Value Type) {
  bool IsChecked = Type.isInt() && Type.N > 1;
  return !Type.isZero() * RecursiveLock | isBelowZero(Type) * RobustLock | IsChecked * CheckedLock;
}

static int32_t mannerOf(const View &V) {
  bool HasWritersFirst = V.C.has(Flag::WritersFirst) || (V.arg(1).isInt() && !V.arg(1).isZero());
  return V.C.has(Flag::Recursive) * RecursiveLock | HasWritersFirst * WritersFirstLock |
         (V.C.Args.empty() ? 0 : mannerOf(V.arg(0)));
}

void Machine::setUp(Object &O, const Code &C, Value A) {
  switch (O.Kind) {
  case ObjectKind::Lock:
    O.N[2] = mannerOf(view());
    return;
  case ObjectKind::Counter:
    O.N[0] = A.isInt() ? A.N : 0;
    O.Escaped = !A.isInt() && !C.Args.empty() && !A.isNull();
    return;
  case ObjectKind::Barrier:
    O.N[2] = A.isInt() ? A.N : 0;
    O.Escaped = !A.isInt();
    return;
  case ObjectKind::Channel:
    O.N[0] = A.isNull() ? 0 : A.isInt() ? std::max(A.N, 0) : -1;
    O.N[2] = C.has(Flag::KeepsSenders) | C.has(Flag::LosesBuffer) << 1;
    return;
  case ObjectKind::Event:
    O.Items.push_back({Value()});
    O.N[2] = C.has(Flag::Auto);
    return;
  case ObjectKind::Timer:
    O.N[0] = A.isInt() ? A.N != 0 : !C.Args.empty() && !A.isNull();
    return;
  case ObjectKind::Cancel:
    if (!C.Args.empty() && !A.isNull())
      O.Items.push_back({A, ParentItem});
    return;
  default:
    return;
  }
}

void Machine::reset(const Code &C) {
  Value A = view().arg(0), B = view().arg(1);
  const Object *O = W.find(A);
  if (!O || O->S != Body::Sync || O->Escaped)
    return;
  log(C, A);
  Object &Now = W.edit(A.object());
  switch (Now.Kind) {
  case ObjectKind::Lock:
    Now.N[2] = (Now.N[2] & WritersFirstLock) | mannerOf(B);
    break;
  case ObjectKind::Event:
    Now.N[0] = EventUnset;
    break;
  case ObjectKind::Counter:
    if (B.isSymbol())
      B = number(B, C);
    W.edit(A.object()).N[0] = B.isInt() ? B.N : 0;
    if (!B.isInt() && !B.isNull())
      W.escape(A);
    break;
  case ObjectKind::Channel:
    // A capacity that is set later; one that is not known is never used up.
    Now.N[0] = B.isInt() && B.N >= 0 ? B.N : -1;
    break;
  case ObjectKind::Barrier:
    Now.N[0] = 0;
    Now.N[2] = B.isInt() ? B.N : 0;
    if (!B.isInt())
      W.escape(A);
    break;
  case ObjectKind::Timer:
    Now.N[0] = B.isInt() ? B.N != 0 : !B.isNull();
    interrupt(A);
    break;
  default:
    break;
  }
}

/// Keeps the callback with the cancel and all that it derives from.
void Machine::onRequest(const Code &C) {
  Value Cancel = W.cancelOf(view().arg(0)), Callback = view().arg(1);
  CancelState Is = cancelState(W, Cancel);
  const Object *O = W.find(Cancel);
  advance();
  if (Is == CancelState::Requested) {
    enterCallable(Callback, {}, Dropped);
    return;
  }
  if (!O || !O->is(ObjectKind::Cancel) || Is == CancelState::Unknowable)
    return W.escape(Callback);
  W.edit(Cancel.object()).Items.push_back({Callback, CallbackItem});
  keep(Cancel.object(), Callback);
  for (unsigned Hops = 0; Hops < 32; ++Hops) {
    Value Parent = Value::null();
    for (const Item &I : W.find(Cancel)->Items)
      if (I.Name == ParentItem)
        Parent = I.V;
    const Object *Above = W.find(Parent);
    if (!Above || !Above->is(ObjectKind::Cancel))
      return;
    bool Known = false;
    for (const Item &I : Above->Items)
      Known |= I.Name == ChildItem && I.V == Cancel;
    if (!Known)
      W.edit(Parent.object()).Items.push_back({Cancel, ChildItem});
    keep(Parent.object(), Cancel);
    Cancel = Parent;
  }
}

} // namespace taskleak
