// Leaves out what no task can notice, so that the explorer has fewer steps and
// fewer choices:
//   if (verbose) log("sent");     vanishes with its branch
// Whatever waits, wakes, runs, throws or is shared stays, in its order and place.

#pragma once

#include "skeleton/Skeleton.h"

namespace taskleak {

/// Simplifies every function of \p U. Functions and globals keep their numbers; slots
/// and blocks do not. Loops without an effect are taken to end.
void simplify(Unit &U);

} // namespace taskleak
