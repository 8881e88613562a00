// The words of a skeleton: operations, object kinds, flags and roles of named
// operands. Their spellings are those of the text form.

#pragma once

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>

namespace taskleak {

enum class Op : uint8_t {
#define OPERATION(Name, Spelling, Group) Name,
#include "skeleton/Operations.def"
};

enum class OpGroup : uint8_t { Value, Memory, Call, Task, Object, Wait, Waker, Terminator };

/// What `make` makes. See docs/skeleton.md for each kind's state.
enum class ObjectKind : uint8_t {
  None,
  Lock,      ///< .recursive, .writersfirst; operands: either, where it is known at run time
  Condition,
  Counter,   ///< operand: start value. Wait groups, latches, semaphores, executors.
  Barrier,   ///< operand: participants
  Channel,   ///< operand: capacity (unknown: never full); .keepssenders .losesbuffer: what close does not do
  Event,     ///< futures, promises, notifications; .auto resets when awaited
  Cancel,    ///< sources and tokens share one
  Timer,     ///< operand: 1 if it fires by itself, 0 if only an interrupt ends it
  Task,      ///< only for parameters: a handle of a task
};

/// Flags of an instruction; which operation reads which is in docs/skeleton.md.
enum class Flag : uint8_t {
  Timed,       ///< The wait ends by itself after a time.
  Try,         ///< Never blocks.
  Shared,      ///< lock, unlock, make lock: shared ownership.
  Recursive,   ///< make lock
  WritersFirst,///< make lock: a reader waits while a writer does
  All,         ///< notify: all waiters
  Every,       ///< select: wait for all, not for one
  Drop,        ///< arrive: and leave the barrier. extern: it frees what it is given
  Fails,       ///< fulfil: store an exception
  Throws,      ///< extern: may throw
  Escapes,     ///< extern: keeps what it is given
  Cooperative, ///< spawn: runs only while no other task of its strand does
  InTurn,      ///< spawn: of its strand's ready tasks, who became ready first runs first
  AtOnce,      ///< spawn: it runs now; who spawns it goes on in turn
  Suspended,   ///< spawn: a coroutine, which stands still at its start until somebody runs it
  Terminates,  ///< spawn: an exception that leaves the task ends the process
  KeepsSenders,///< make channel: close does not wake blocked senders
  LosesBuffer, ///< make channel: close drops what is buffered
  Auto,        ///< make event: await resets it
  Ambient,     ///< wait: the task's own cancel ends it
  Guard,       ///< this operation is done by a guard's destructor
  Implicit,    ///< not spelled by the user: a destructor, a default
  World,       ///< receive, send, poll: of an object out of sight, waits for the outside.
               ///< extern: another process has all channels from now on
  Update,      ///< get: nobody comes between it and the next put.
               ///< extern: what it was told about its operands may be otherwise now
  Copies,      ///< copy, call of a copy constructor: of what tasks can wait on, and no move
  Long,        ///< yield: a sleep that can last for many seconds
  Foreign,     ///< opaque: computed with floating point. symbol, extern: what it yields, or what it leaves in its operands, the program
               ///< decides where it is not followed: nobody is blamed on a guess about it
  Unsigned,    ///< lt, le, div, rem, shr: what is below zero is larger than all that is not
  Last,
};

class Flags {
  uint32_t Bits = 0;

public:
  bool has(Flag F) const { return Bits >> unsigned(F) & 1; }
  Flags &set(Flag F, bool On = true) {
    Bits = On ? Bits | 1u << unsigned(F) : Bits & ~(1u << unsigned(F));
    return *this;
  }
  bool empty() const { return Bits == 0; }
  friend bool operator==(const Flags &, const Flags &) = default;
};

/// The name of a named operand.
enum class Role : uint8_t {
  Cancel, ///< any wait: this cancel ends it. spawn: the task's ambient cancel.
  Done,   ///< spawn: a counter that goes up by one now and down when the task ends
  Fulfil, ///< spawn: an event set with the task's result
  Strand, ///< spawn: tasks of one strand never run at the same time
};

llvm::StringRef spelling(Op);
llvm::StringRef spelling(ObjectKind);
llvm::StringRef spelling(Flag);
llvm::StringRef spelling(Role);
constexpr OpGroup group(Op O) {
  constexpr OpGroup Groups[] = {
#define OPERATION(Name, Spelling, Group) OpGroup::Group,
#include "skeleton/Operations.def"
  };
  return Groups[unsigned(O)];
}
std::optional<Op> parseOp(llvm::StringRef);
std::optional<ObjectKind> parseObjectKind(llvm::StringRef);
std::optional<Flag> parseFlag(llvm::StringRef);
std::optional<Role> parseRole(llvm::StringRef);

inline bool isTerminator(Op O) { return group(O) == OpGroup::Terminator; }

} // namespace taskleak
