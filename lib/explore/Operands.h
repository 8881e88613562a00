// All that an instruction reads: `receive %1 cancel=%2` has two operands.

#pragma once

#include "skeleton/Instruction.h"

namespace taskleak {

/// Calls \p Visit with each operand of an instruction, named ones included.
template <typename Visitor> void forEachOperand(const Instruction &I, Visitor Visit) {
  for (const Operand &O : I.Operands)
    Visit(O);
  for (const auto &[Name, O] : I.Named)
    Visit(O);
}

/// Calls \p Visit with each function that it calls by name or hands on. Its number is as it was
/// read: there may be no such function.
template <typename Visitor> void forEachFunction(const Instruction &I, Visitor Visit) {
  if (I.Code == Op::Call)
    Visit(uint64_t(I.Callee));
  forEachOperand(I, [&](const Operand &O) {
    if (O.K == Operand::Kind::Function)
      Visit(uint64_t(O.Number));
  });
}

} // namespace taskleak
