// Which functions of a unit may run which, as far as the unit shows it: calls,
// callables made of a function, virtual calls to every record that has the method.
//   void serve() { std::jthread T([] { work(); }); }
// serve -> the lambda -> work.

#pragma once

#include "skeleton/Skeleton.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"

namespace taskleak {

struct CallGraph {
  std::vector<std::vector<FunctionId>> Callees; ///< Sorted, each once.
  std::vector<FunctionId> BottomUp;             ///< Callees before callers, cycles aside.

  explicit CallGraph(const Unit &U);

  /// The functions that a call or virtual call may run in this unit; empty for others. Valid
  /// as long as the instruction and the graph.
  llvm::ArrayRef<FunctionId> called(const Instruction &I) const;
  /// Whoever may run one of the functions \p Fact holds for gets it, too.
  void spreadToCallers(std::vector<bool> &Fact) const;
  /// Adds to a set of functions all that they may run.
  void spreadToCallees(std::vector<bool> &Fact) const;

private:
  llvm::StringMap<llvm::SmallVector<FunctionId, 2>> Virtual; ///< By the text of the call.

  std::vector<FunctionId> callees(const Unit &U, const Function &F);
};

/// The same, without a graph at hand.
llvm::SmallVector<FunctionId, 2> calledFunctions(const Unit &U, const Instruction &I);

} // namespace taskleak
