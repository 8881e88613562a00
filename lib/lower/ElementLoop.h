// A loop over the elements of a container that the user does not write.
//   std::any_of(jobs.begin(), jobs.end(), isUrgent);   sessions_.find(id);

#pragma once

#include "lower/Emitter.h"

namespace taskleak {

/// While it is lowered: what comes between its making and `next` stands in its body.
class ElementLoop {
  Emitter &E;
  Place Here;

public:
  SlotId Index;
  BlockId Head, After; ///< Where the element at `Index` is looked at, and what follows the loop.
  Operand Element;

  ElementLoop(Emitter &E, Operand Sequence, Place Here);

  /// On to the next element; what comes behind stands after the loop.
  void next();
};

} // namespace taskleak
