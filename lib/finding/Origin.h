// Where an operand's value comes from, followed backwards through slots,
// arguments, captures and fields; for the related places of findings.
//   std::stop_source stop;                          // the answer
//   std::jthread t([&] { work(stop.get_token()); });
//   void work(std::stop_token s) { cv.wait(l, s, p); }   // asked about `s`

#pragma once

#include "explore/Explore.h"
#include "skeleton/Skeleton.h"

#include "llvm/ADT/ArrayRef.h"

#include <vector>

namespace taskleak {

/// Where a value of \p F comes from, seen through moves.
struct Source {
  Operand Value;      ///< A parameter, a constant, or the slot that `Set` sets.
  InstructionRef Set; ///< Invalid for parameters, constants, and slots set in several places.
};
Source source(const Unit &U, FunctionId F, Operand Value);

/// The instruction that makes a value, if there is only one.
inline InstructionRef definition(const Unit &U, FunctionId F, Operand Value) {
  return source(U, F, Value).Set;
}

/// What the user calls the first operand of \p At; empty if it has no name.
std::string objectName(const Unit &U, InstructionRef At);

/// The variable that keeps the task that is started at \p Spawn, or its future;
/// empty if there is none.
std::string handleOf(const Unit &U, InstructionRef Spawn);

/// The function that a spawn or invoke runs; NoId if that is not plain.
FunctionId spawnedFunction(const Unit &U, InstructionRef Spawn);

/// The functions that \p Root may run in its own task, itself among them; none
/// for NoId.
std::vector<bool> reachable(const Unit &U, FunctionId Root);

/// True if one of \p Codes stands in \p Root or in what it calls.
bool mayDo(const Unit &U, FunctionId Root, llvm::ArrayRef<Op> Codes);

/// Where the cancel was made that the victim's wait honours; invalid if that
/// cannot be told.
InstructionRef cancelMade(const Unit &U, const Stuck &S);

} // namespace taskleak
