// Of the waits that are stuck, the ones to blame: a task that would go on if
// another stuck task did is not reported on its own.
//   worker: orders.push(o);   // stuck: nobody receives    <- the cause
//   main:   worker.join();    // held up by the worker
// Where stuck waits hold each other up in a ring, one of them is the cause.

#pragma once

#include "finding/Check.h"

#include <vector>

namespace taskleak {

/// The stuck waits that are this fault and the cause of what they hold up, in
/// the order of `Facts.Stucks`. Waits whose fault no check judges hide nothing,
/// except that a counter is never blamed for the task that should bring it down.
std::vector<const Stuck *> causes(const UnitFacts &Facts, Fault What);

} // namespace taskleak
