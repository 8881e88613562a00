// Locks that their task has left behind: a function that unlocks them on other paths
// has been left, or has come round to lock them again.
//   void put() { m.lock(); if (full()) return; ...; m.unlock(); }   and put is called again

#pragma once

#include "explore/Explore.h"
#include "flow/CallFacts.h"

namespace taskleak {

/// Fills in `HeldLock::LeftAt` of the locks that the victim waits for.
void findLeftBehind(const CallFacts &Facts, Stuck &S);

} // namespace taskleak
