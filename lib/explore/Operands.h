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

} // namespace taskleak
