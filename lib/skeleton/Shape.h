// What an operation looks like when it is well-formed: how many operands it
// takes, whether it has a result, whether it needs a text.
//   %1 = load "head" %0     one operand, a result, a field's name

#pragma once

#include "skeleton/Skeleton.h"

#include <optional>
#include <utility>

namespace taskleak {

struct Shape {
  unsigned Least = 0;           ///< Operands.
  unsigned Most = 0;
  bool NeedsText = false;
  bool MayYield = true;         ///< May have a result.
  bool MayReceive = false;      ///< May have a received value.
  unsigned Targets = 0;
};

constexpr unsigned AnyNumber = ~0u;

Shape shape(Op Code);

/// How many operands `make` takes for a kind; nothing for kinds that cannot be made.
std::optional<std::pair<unsigned, unsigned>> makeOperands(ObjectKind K);

/// Reads its operands and what they lead to, writes its result, and does nothing
/// else: it may be left out when nobody looks at the result.
bool isPure(Op Code);

/// The same of a call out of sight that neither throws nor keeps anything.
bool isPure(const Instruction &I);

} // namespace taskleak
