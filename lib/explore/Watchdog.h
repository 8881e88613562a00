// Tasks that end the process when it has taken too long:
//   std::thread([] { sleep_for(5s); std::_Exit(1); }).detach();
// Those that are stuck then have not been helped.

#pragma once

#include "skeleton/Skeleton.h"

namespace taskleak {

/// Whether a task that runs \p Root sleeps, takes locks, and waits for nothing else.
bool isWatchdog(const Unit &U, FunctionId Root);

} // namespace taskleak
