// Who has which lock in the stuck state, and what that means for the victim.
//   { std::lock_guard G(M); worker.join(); }   // holds M, which the worker waits for

#pragma once

#include "explore/Explore.h"

namespace taskleak {

/// A lock that the victim has and that it waits for itself, or that is waited for by
/// a task which holds it up; null if there is none.
const HeldLock *lockInCycle(const Stuck &S);

/// The task that waits for \p L and holds the victim up; NoId if there is none.
unsigned waiterThatHoldsUp(const Stuck &S, const HeldLock &L);

/// A lock that the victim waits for and that nobody will unlock; null if there is none.
const HeldLock *lockLeftBehind(const Stuck &S);

} // namespace taskleak
