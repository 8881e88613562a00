// What has static storage, and what such objects hold: it ends with the program.
//   static Cache names;   its lock, and the std::jthread that is its member

#pragma once

#include "explore/Program.h"
#include "explore/World.h"

namespace taskleak {

/// Part of a variable with static storage.
bool isStatic(const Program &P, const World &W, Value Object);

/// Part of one whose class has a destructor.
bool isDestroyedAtExit(const Program &P, const World &W, Value Object);

/// A cancel that such a variable can request when it ends, or the task that it is for.
bool isRequestedAtExit(const Program &P, const World &W, Value Cancel);

} // namespace taskleak
