// What one step has to do with a task's going round in a loop.
//   while (!stopped_) changed_.wait_for(lock, period);
// Each round ends by time, and nothing makes one round differ from the last.

#pragma once

#include "explore/World.h"

#include <optional>

namespace taskleak {

struct Round {
  bool Time = false;    ///< A wait has ended by itself: a timeout, a timer, a sleep.
  uint32_t Wait = NoId; ///< The last wait that something else has ended: a site.
  bool Reads = false;   ///< What is in a container was looked at.
  bool Grows = false;   ///< One has become so long that the step leads no further.

  /// The wait at \p Site for \p Object, which may be out of sight, has ended somehow.
  void note(const Instruction &I, uint32_t Site, std::optional<Outcome> Ended,
            const Object *Object);
};

} // namespace taskleak
