// Explores classes by themselves: drivers use them as a user may, and what gets stuck then
// counts if no other legal use would have helped.

#pragma once

#include "explore/Explore.h"

#include <string>
#include <vector>

namespace taskleak {

struct ClassRuns {
  std::vector<Stuck> Stucks;
  unsigned Scenarios = 0, States = 0;
  std::vector<std::string> InPart; ///< What was not used in all ways: over the budget.
};

/// Explores those classes of \p U that no scenario has run from constructor to destructor:
/// \p Explored says which functions one has. Adds the drivers that \p Stucks tells of to \p U.
/// \p MostStates: what all of them may cost, give or take one driver.
ClassRuns exploreClasses(Unit &U, const Budget &Limits, unsigned MostStates,
                         const std::vector<bool> &Explored);

} // namespace taskleak
