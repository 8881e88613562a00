// Tasks that hold each other up by locks for good, which needs no look at what comes after.
//   a: lock(M); lock(N);      b: lock(N); lock(M);

#pragma once

#include "explore/View.h"

namespace taskleak {

/// The tasks (a bit for each) that wait for a lock which is never given back: it is theirs, or who
/// has it waits for one of theirs in turn, or for another such.
uint16_t heldUpByLocks(const Program &P, const World &W);

} // namespace taskleak
