// The small IR between `lower` and everything after it: a function with
// everything but concurrency removed.
//   void produce(Queue &Q) { Q.push(1); }
// becomes one block with a call, or, where Queue is a library's channel, a send.
// Plain data: no Clang, no pointers between parts, printable and parseable.

#pragma once

#include "skeleton/Operation.h"
#include "skeleton/Place.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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

/// Instructions that run one after the other; the last one is a terminator.
struct Block {
  std::vector<Instruction> Body;
  BlockId Unwind = NoId; ///< Where an exception in this block goes; NoId: the caller.
};

/// A slot's name in the user's source, for messages; empty for temporaries.
struct SlotInfo {
  std::string Name;
  ObjectKind Kind = ObjectKind::None; ///< For parameters: the object that the type promises.
};

struct Function {
  std::string Name;   ///< Qualified, as the user would say it; lambdas: "lambda in f".
  std::string Key;    ///< Unique across units (USR).
  Place At;           ///< The function's name.
  uint32_t Params = 0;///< Slots [0, Params) are captures, `this` and parameters, in this order.
  uint32_t Captures = 0;
  std::vector<SlotInfo> Slots;
  std::vector<Block> Blocks; ///< Block 0 is the entry. Empty: body out of sight.
  bool NoExcept = false;
  bool Coroutine = false;
  bool IsMain = false;
  bool InternalOnly = false; ///< Only this unit can call it (static, unnamed namespace, lambda).
  bool Called = false;       ///< Some function of this unit calls, spawns or captures it.
};

/// A class: what its objects are made of.
struct RecordType {
  std::string Name;
  std::vector<std::string> Embedded; ///< Fields that are objects, not values: copied with it.
  std::vector<std::pair<std::string, FunctionId>> Methods; ///< Virtual ones, by key.
};

/// A variable with static storage.
struct Global {
  std::string Name;
  Place At;
  bool InternalOnly = false;
  FunctionId Initializer = NoId; ///< Makes its value when the program starts; returns it.
};

/// All that was lowered from one translation unit.
struct Unit {
  std::string MainFile;
  std::vector<std::string> Files;
  std::vector<Function> Functions;
  std::vector<RecordType> Records;
  std::vector<Global> Globals;

  const RecordType *findRecord(llvm::StringRef Name) const;
};

/// The address of an instruction in a unit.
struct InstructionRef {
  FunctionId F = NoId;
  BlockId B = 0;
  uint32_t Index = 0;
  bool isValid() const { return F != NoId; }
  friend bool operator==(const InstructionRef &, const InstructionRef &) = default;
  friend auto operator<=>(const InstructionRef &, const InstructionRef &) = default;
};

inline const Instruction &at(const Unit &U, InstructionRef Ref) {
  return U.Functions[Ref.F].Blocks[Ref.B].Body[Ref.Index];
}

} // namespace taskleak
