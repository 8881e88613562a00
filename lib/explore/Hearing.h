// Whether a task hears that it has been asked to stop.
//   std::jthread t([&](std::stop_token stop) { changed.wait(lock, ready); });
// The wait does not take the token that is at hand.

#pragma once

#include "explore/Schedule.h"

namespace taskleak {

/// A cancel that has been requested and that the task has at hand where it stands, in a
/// variable or a member of one; nothing if it waits with a cancel.
std::optional<UnheardStop> unheardRequest(const Scene &S, const World &W, unsigned Task);

/// Turns the witness of a wait for a task that moves for ever into one of that task: it was
/// asked to stop and sleeps in a loop that nothing leaves. False if that is not so.
bool tellEndless(const Scene &S, Witnessed &Of, uint16_t Endless);

/// Where a task sleeps, or waits until a timeout, in the innermost loop that it is in.
InstructionRef sleepInLoop(const Program &P, const World &W, const Task &T);

} // namespace taskleak
