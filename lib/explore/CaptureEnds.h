// What callables own goes when nobody can reach them any more.
//   jobs.push_back([task] { (*task)(); });   jobs.clear();
// A promise that has lost its last owner so is broken.

#pragma once

#include "explore/World.h"

namespace taskleak {

/// \p Capture, which the callable has captured, is to end with it.
void own(World &W, Value Callable, Value Capture);

/// Whether something ends with it. Of what is out of sight nobody knows.
bool ownsCaptures(const Object &O);

/// Ends what the callable owns; it is not to be reached any more.
void endCaptures(World &W, const Object &Callable);

} // namespace taskleak
