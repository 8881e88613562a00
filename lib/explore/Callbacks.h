// What code out of sight can touch by the functions that it is given.
//   library_on_done(on_done);   static void on_done(void) { done = 1; pthread_cond_signal(&c); }
// It may call them whenever it likes.

#pragma once

#include "skeleton/Skeleton.h"

#include "llvm/ADT/DenseMap.h"

#include <vector>

namespace taskleak {

class Callbacks {
  const Unit &U;
  mutable llvm::DenseMap<FunctionId, std::vector<uint32_t>> Known; ///< Those that were asked for.

public:
  explicit Callbacks(const Unit &U) : U(U) {}

  /// The variables with static storage that a function uses, or one that it calls or hands on.
  const std::vector<uint32_t> &globals(FunctionId F) const;
};

} // namespace taskleak
