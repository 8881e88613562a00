// What tasks and objects hold on to. Templates, for each state is walked through
// several times.

#pragma once

#include "explore/Program.h"
#include "explore/World.h"

namespace taskleak {

/// The slots of a frame of \p T that are read again.
inline const std::vector<SlotId> &liveSlots(const Program &P, const Task &T, size_t Index) {
  const Frame &F = *T.Stack[Index];
  Liveness &Lives = P.function(F.F)->liveness();
  bool InCall = Index + 1 < T.Stack.size() && T.Stack[Index + 1]->Result == ToCaller;
  return InCall ? Lives.across(F.B, F.Index) : Lives.before(F.B, F.Index);
}

/// Calls \p Visit with each value that a task can still use.
template <typename Visitor>
void forEachRoot(const Program &P, const Task &T, Visitor Visit) {
  Visit(Value::ref(T.Self));
  Visit(T.Ambient);
  Visit(T.Done);
  Visit(T.Fulfil);
  Visit(T.Strand);
  for (ObjectId Other : {T.Parent, T.Resumer})
    if (Other != NoObject)
      Visit(Value::ref(Other));
  for (ObjectId Lock : T.Held)
    Visit(Value::ref(Lock));
  for (size_t I = 0; I < T.Stack.size(); ++I) {
    if (Value Runs = T.Stack[I]->Runs; Runs.isRef())
      Visit(Runs);
    const std::vector<Value> &Slots = T.Stack[I]->Slots;
    for (SlotId Slot : liveSlots(P, T, I))
      Visit(Slots[Slot]);
  }
}

/// Calls \p Visit with each value that an object holds.
template <typename Visitor> void forEachPart(const Object &O, Visitor Visit) {
  if (O.Holder != NoObject)
    Visit(Value::ref(O.Holder));
  if (O.Guard != NoObject)
    Visit(Value::ref(O.Guard));
  if (O.Whole != NoObject)
    Visit(Value::ref(O.Whole));
  if (O.is(ObjectKind::Lock) && O.N[0] > 0)
    Visit(Value::ref(ObjectId(O.N[1])));
  for (const Item &I : O.Items) {
    Visit(I.V);
    if (I.Guard != NoObject)
      Visit(Value::ref(I.Guard));
  }
}

} // namespace taskleak
