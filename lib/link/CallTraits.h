// What a call does to others before it comes back, as far as its operations tell.

#pragma once

#include "skeleton/CallGraph.h"

namespace taskleak {

struct CallTraits {
  bool Waits = false; ///< For anything but a lock or the end of a task.
  bool Joins = false; ///< Waits for tasks to end, or ends them.
  bool Spawns = false;
  bool Changes = false; ///< Wakes somebody, or stores something in what is not its own.
  unsigned Locks = 0;   ///< How many places take one.

  bool any() const { return Waits || Joins || Spawns || Changes || Locks != 0; }
  /// It is meant to end what runs: it says so, and waits for it.
  bool isEnding() const { return Joins && Changes && !Spawns; }
};

/// The functions that run in the calling task, \p F first. Callables that are made and not
/// started as a task count.
std::vector<FunctionId> sameTask(const Unit &U, FunctionId F);

CallTraits callTraits(const Unit &U, FunctionId F);

/// May \p F do one of the wakers' operations to something that is kept in a field or variable
/// of the name \p Object?
bool mayTouch(const Unit &U, FunctionId F, llvm::StringRef Object);

/// Does \p F leave a lock unlocked that it did not lock itself?
bool unlocksForOthers(const Unit &U, FunctionId F);

/// May what \p F yields be an object, which others could do anything with?
bool handsOut(const Unit &U, FunctionId F);

/// The field or variable whose object an instruction is about; empty if that is not to be seen.
llvm::StringRef fieldOf(const Unit &U, InstructionRef At);

} // namespace taskleak
