// One operation of a skeleton with all its parts, as plain data.
//   %2, %3 = receive.timed %1 cancel=%0 on(closed=2)

#pragma once

#include "skeleton/Operation.h"
#include "skeleton/Place.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace taskleak {

using FunctionId = uint32_t;
using BlockId = uint32_t;
using SlotId = uint32_t;
constexpr uint32_t NoId = ~0u;

/// One thing that an instruction reads.
struct Operand {
  enum class Kind : uint8_t {
    Unknown,  ///< Any value; a test of it may go either way.
    Slot,     ///< The value of a slot of this frame.
    Int,      ///< A number; bools are 0 and 1, enumerators their value.
    Null,     ///< The null pointer, an empty handle or callable.
    Global,   ///< The object or variable of `Unit::Globals[Number]`.
    Function, ///< The function `Unit::Functions[Number]` as a callable.
  };
  Kind K = Kind::Unknown;
  int64_t Number = 0;

  static Operand unknown() { return {}; }
  static Operand slot(SlotId S) { return {Kind::Slot, int64_t(S)}; }
  static Operand integer(int64_t N) { return {Kind::Int, N}; }
  static Operand null() { return {Kind::Null, 0}; }
  static Operand global(uint32_t G) { return {Kind::Global, int64_t(G)}; }
  static Operand function(FunctionId F) { return {Kind::Function, int64_t(F)}; }

  bool isSlot() const { return K == Kind::Slot; }
  bool isUnknown() const { return K == Kind::Unknown; }
  friend bool operator==(const Operand &, const Operand &) = default;
};

/// How a wait ended. A model maps each to the value the library's call returns.
enum class Outcome : uint8_t { Ok, Closed, Timeout, Full, Empty, Cancelled, Broken };

llvm::StringRef spelling(Outcome);
std::optional<Outcome> parseOutcome(llvm::StringRef);

/// What the call yields for one outcome: a number, or an exception.
struct OutcomeValue {
  Outcome When = Outcome::Ok;
  bool Throws = false;
  int64_t Value = 0;
  friend bool operator==(const OutcomeValue &, const OutcomeValue &) = default;
};

/// One operation. What its operands mean is said in docs/skeleton.md.
struct Instruction {
  Op Code = Op::Move;
  ObjectKind Kind = ObjectKind::None; ///< For Make: what is made.
  Flags Flag;
  SlotId Result = NoId;      ///< Value or status.
  SlotId Received = NoId;    ///< The value that a receive or await brings.
  llvm::SmallVector<Operand, 2> Operands;
  /// Named operands: cancel=, done=, fulfil=, strand=, lock= ...
  llvm::SmallVector<std::pair<Role, Operand>, 1> Named;
  llvm::SmallVector<OutcomeValue, 1> Outcomes; ///< Missing ones: Ok yields 1, others 0.
  llvm::SmallVector<BlockId, 2> Targets; ///< Jump: 1. Branch: then, else.
  FunctionId Callee = NoId;  ///< For Call.
  std::string Text;          ///< Field, type, method or name; what the user calls it.
  Place At;

  std::optional<Operand> named(Role R) const {
    for (const auto &[Name, Value] : Named)
      if (Name == R)
        return Value;
    return std::nullopt;
  }
};

} // namespace taskleak
