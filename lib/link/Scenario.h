// Which functions of a unit are worth running, and as what: the outermost
// function that still owns every object of a group, and program entry points.

#pragma once

#include "skeleton/Skeleton.h"

#include <vector>

namespace taskleak {

struct Scenario {
  FunctionId Entry = NoId;
  bool OwnsGlobals = false; ///< A program's `main`: nobody else touches its unit's globals.
};

/// The scenarios of one unit, callers before callees. A function is an entry if
/// it can reach a wait and a make or spawn, and it is not only reachable
/// through another entry.
std::vector<Scenario> scenarios(const Unit &U);

} // namespace taskleak
