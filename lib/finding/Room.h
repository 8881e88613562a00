// Two waits that look alike and are not: a producer that waits for room, and a
// consumer that waits for work.
//   while (items.size() == max) cv.wait(l);  items.push_back(x);   // room
//   while (items.empty()) cv.wait(l);        items.pop_front();    // work
// A program that waits for work while the world is silent is idle. One that
// cannot hand its work on because the taker is stuck in a slow call piles up.

#pragma once

#include "explore/Explore.h"

namespace taskleak {

/// True if the victim has something to hand on once its wait is over.
bool waitsForRoom(const Unit &U, const Stuck &S);

/// True if the victim only waits for what a task will bring that itself waits
/// for the outside world: nothing is wrong with it.
bool isIdle(const Unit &U, const Stuck &S);

} // namespace taskleak
