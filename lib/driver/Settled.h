// Which functions need no scenario of their own, for others have run all that they can do.
//   static void serve(int port) { ... }     int main() { serve(80); }

#pragma once

#include "skeleton/CallGraph.h"

#include "llvm/ADT/DenseSet.h"

namespace taskleak {

class Settled {
  const Unit &U;
  std::vector<bool> Runs; ///< To the end.
  std::vector<std::vector<FunctionId>> Callers;

public:
  Settled(const Unit &U, const CallGraph &Calls);

  /// These were run to the end in one scenario. If one of them may exit that settles nothing: an
  /// exit hides who is left behind, and a caller of another program may not exit.
  void add(llvm::ArrayRef<FunctionId> Visited);

  /// Run to the end with all that it is ever given: nothing, or what callers give it that were
  /// all run so.
  bool contains(FunctionId F) const;

private:
  bool contains(FunctionId F, llvm::DenseSet<FunctionId> &Asked) const;
};

} // namespace taskleak
