// Optimistic locking discipline of memory.

#include "explore/Discipline.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

/// Does \p T hold the lock in a way that keeps others from such an access?
static bool isHeld(const World &W, const Task &T, ObjectId Lock, bool Writes) {
  if (Lock == T.Self)
    return true;
  const Object *O = W.find(Lock);
  if (!O || !O->is(ObjectKind::Lock) || O->Escaped || !O->Reached)
    return false;
  if (O->N[0] > 0 && O->N[1] == T.Self)
    return true;
  return !Writes && llvm::is_contained(T.Held, Lock);
}

ObjectId guardHeld(const World &W, const Task &T) {
  for (ObjectId Lock : llvm::reverse(T.Held))
    if (W.find(Lock)->Reached)
      return Lock;
  return T.Self;
}

bool Discipline::permits(const World &W, const Task &T, uint64_t Key, ObjectId Guard,
                         bool Writes) {
  Order Now = order(Key);
  if (Now == Order::None)
    return false;
  if (Now == Order::Constant && !Writes) {
    ReadEarly.insert(Key);
    if (!WrittenLate.contains(Key))
      return true;
  }
  if (Now == Order::Constant)
    giveUp(Key, Now = Order::Guarded);
  if (Guard == NoObject)
    Guard = guardHeld(W, T);
  if (isHeld(W, T, Guard, Writes))
    return true;
  giveUp(Key, Order::None);
  return false;
}

void Discipline::noteLate(const World &W, const Task &T, uint64_t Key, ObjectId Guard,
                          bool Writes) {
  if (Writes)
    WrittenLate.insert(Key);
  if (Writes && ReadEarly.contains(Key) && order(Key) == Order::Constant)
    giveUp(Key, Order::Guarded);
  const Object *Owner = W.find(Guard);
  bool IsAnothers = Owner && Owner->is(ObjectKind::Task) && Guard != T.Self;
  if (IsAnothers && order(Key) == Order::Guarded)
    giveUp(Key, Order::None);
}

} // namespace taskleak
