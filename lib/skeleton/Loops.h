// How a loop is left; whether one in which nothing happens can be taken to end.

#pragma once

#include "skeleton/Regions.h"

namespace taskleak {

/// The branches of \p R hang on a count, or at least on nothing that others change. A loop
/// that reads memory to see whether it goes on waits for somebody, unless it counts.
bool endsByItself(const Function &F, const Region &R);

/// The same of all cycles of \p F.
bool allCyclesEnd(const Function &F);

/// Whether what \p R does next hangs on a number that it counts.
bool counts(const Function &F, const Region &R);

/// Whether \p R has a way out.
bool isLeft(const Function &F, const Region &R);

} // namespace taskleak
