// The small IR between `lower` and everything after it: a function with
// everything but concurrency removed.
//   void produce(Queue &Q) { Q.push(1); }
// becomes one block with a call, or, where Queue is a library's channel, a send.
// Plain data: no Clang, no pointers between parts, printable and parseable.

#pragma once

#include "skeleton/Instruction.h"

#include <vector>

namespace taskleak {

/// Instructions that run one after the other; the last one is a terminator.
struct Block {
  std::vector<Instruction> Body;
  BlockId Unwind = NoId; ///< Where an exception in this block goes; NoId: the caller.
};

/// A slot's name in the user's source, for messages; empty for temporaries.
struct SlotInfo {
  std::string Name;
  ObjectKind Kind = ObjectKind::None; ///< For parameters: the object that the type promises.
  bool IsNumber = false;              ///< Of what comes from elsewhere: an integer, and no object's.
};

struct Function {
  std::string Name;    ///< Qualified, as the user would say it; lambdas: "lambda in f".
  std::string Key;     ///< Unique across units (USR); may be left out.
  Place At;            ///< The function's name.
  uint32_t Params = 0; ///< Slots [0, Params) are captures, `this` and parameters, in this order.
  uint32_t Captures = 0;
  std::vector<SlotInfo> Slots;
  std::vector<Block> Blocks; ///< Block 0 is the entry. Empty: body out of sight.
  bool NoExcept = false;
  bool Coroutine = false;
  bool YieldsNumber = false; ///< What it returns is a number, and no object's.
  bool IsMain = false;
  bool InternalOnly = false; ///< Only this unit can call it: static, a lambda, made of a template.
  bool Called = false;       ///< Some function of this unit calls, spawns or captures it.
  bool Driver = false;       ///< Nobody wrote it: it uses a class as some user might.
};

/// How others can use a class whose data nobody but its own functions touches.
struct ClassUse {
  std::vector<FunctionId> Makers;   ///< Constructors: the object, then their parameters.
  std::vector<FunctionId> Creators; ///< Functions that return a new object, or null.
  FunctionId Ender = NoId;          ///< Ends an object and its members; NoId: nothing happens.
  std::vector<FunctionId> Calls;    ///< Public methods.
  bool Open = false;                ///< There are public methods besides, out of sight.
  bool canBeMade() const { return !Makers.empty() || !Creators.empty(); }
};

/// A class: what its objects are made of.
struct RecordType {
  std::string Name;
  std::vector<std::string> Embedded; ///< Fields that are objects, not values: copied with it.
  std::vector<std::string> LeadBack; ///< Those from which some code steps back to the record.
  std::vector<std::string> Bases;    ///< Names of the classes that it derives from, at any depth.
  std::vector<std::pair<std::string, FunctionId>> Methods; ///< Virtual ones, by key.
  ClassUse Use; ///< Nobody who makes one: not to be judged by itself.
};

/// A variable with static storage.
struct Global {
  std::string Name;
  Place At;
  bool InternalOnly = false;
  bool Constant = false;         ///< Nobody can change it: its value is known wherever it is read.
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

/// Whether \p Holds of some instruction.
template <class Test> bool anyInstruction(const Function &F, Test Holds) {
  for (const Block &B : F.Blocks)
    for (const Instruction &I : B.Body)
      if (Holds(I))
        return true;
  return false;
}

inline const Instruction &at(const Unit &U, InstructionRef Ref) {
  return U.Functions[Ref.F].Blocks[Ref.B].Body[Ref.Index];
}

} // namespace taskleak
