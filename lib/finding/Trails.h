// From the explorer's schedule to what a user reads: one trail for each task
// that has to do with the stuck one, and no step that does not.

#pragma once

#include "explore/Explore.h"
#include "finding/Finding.h"

namespace taskleak {

/// The trails of all tasks that matter, the victim's first and the others in
/// the order in which they start. `Order` runs from 1 over all of them.
std::vector<Trail> trails(const Unit &U, const Stuck &S);

} // namespace taskleak
