// Which slots, fields and globals of a unit may hold the same object, without
// regard to order: what is assigned, passed, captured or stored is one class.
// Answers "is this counter ever acquired?": then it is a semaphore, and raising
// it is no promise to lower it again.

#pragma once

#include "skeleton/CallGraph.h"

#include "llvm/ADT/StringMap.h"

namespace taskleak {

class ValueClasses {
public:
  explicit ValueClasses(const Unit &U);

  /// Some operation takes units from the counter that \p O may be.
  bool isAcquired(FunctionId F, const Operand &O) const { return Acquired[find(node(F, O))]; }
  /// Some function other than \p F lowers or fulfils what \p O may be.
  bool isDischargedElsewhere(FunctionId F, const Operand &O) const;

private:
  const Unit &U;
  std::vector<uint32_t> FirstSlot; ///< Of each function.
  uint32_t FirstGlobal = 0;
  llvm::StringMap<uint32_t> Fields;
  mutable std::vector<uint32_t> Parent;
  std::vector<bool> Acquired;
  std::vector<std::vector<FunctionId>> DischargedBy;

  uint32_t node(FunctionId F, const Operand &O) const;
  uint32_t find(uint32_t N) const;
  void unite(uint32_t A, uint32_t B);
  void uniteArguments(FunctionId Caller, FunctionId Callee, const Instruction &I, unsigned Skip);
  void read(FunctionId F, const Instruction &I);
};

} // namespace taskleak
