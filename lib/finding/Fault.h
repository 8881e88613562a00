// Which fault a stuck wait is: the question that one check asks of it.
//   orders.push(o);            Send
//   cv.wait(lock, ready);      Wake
//   cv.wait(lock, token, ok);  Cancel: a stop could have ended it
// Every stuck wait is exactly one fault, so two checks never report the same.

#pragma once

#include "explore/Explore.h"

#include <cstdint>

namespace taskleak {

/// Of several waits that hold each other up, the earliest in this order is the
/// one that is reported.
enum class Fault : uint8_t {
  Unreleased, ///< a lock that its owner has left behind
  SelfJoin,   ///< a task that waits for its own end
  LockCycle,  ///< a lock that is held across a wait whose waker needs it, the owner's own included
  Copied,     ///< a wait for what was copied: another uses the copy
  Outlived,   ///< a task that nobody has to wait for, waiting for what has ended
  Send,       ///< a send that nobody takes
  Select,     ///< a multi-way wait none of whose cases can happen
  Cancel,     ///< a wait that honours a cancel which nobody requests
  Unheard,    ///< a wait or sleep without the cancel that is at hand and has been requested
  Count,      ///< a counter that never reaches zero, a barrier that never fills
  Wake,       ///< a condition, event, timer, semaphore or end of a sleeper that nobody brings
  Receive,    ///< a receive that never gets a value
  Lock,       ///< a lock whose owner is stuck; always held up by another fault
  Join,       ///< a task that never ends; always held up by another fault
  None,       ///< no wait
};

/// The cancel that could have ended the victim's wait: its own, or the one that
/// its task was started with. With the function that the operand belongs to.
struct HonouredCancel {
  Operand Cancel;
  FunctionId F = NoId; ///< NoId: there is none.
};
HonouredCancel honouredCancel(const Unit &U, const Stuck &S);

/// The fault of the victim.
Fault fault(const Unit &U, const Stuck &S);

} // namespace taskleak
