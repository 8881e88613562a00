// Which slots of a function hold nothing but memory that the same call has made.
//   std::unique_lock hold(m);   what is stored in `hold` nobody else can see

#pragma once

#include "skeleton/Skeleton.h"

#include "llvm/ADT/SmallSet.h"

namespace taskleak {

class OwnMemory {
  llvm::SmallSet<SlotId, 8> Foreign;

public:
  explicit OwnMemory(const Function &F);

  /// Whether it may refer to memory that is not made in this call.
  bool isForeign(const Operand &O) const {
    return !O.isSlot() || Foreign.contains(SlotId(O.Number));
  }
};

} // namespace taskleak
