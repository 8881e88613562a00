// What is told of a task that waits until a timeout again and again.

#pragma once

#include "explore/Schedule.h"

namespace taskleak {

/// Makes the witness say that its victim, or whom that waits for, goes on for ever. False if
/// that may be meant: it has no way to an end, or is left running because of what is assumed.
bool tellIdle(const Scene &S, Witnessed &Of, IdleFor Whom);

} // namespace taskleak
