// Functions that do one thing to one object, as wrappers of a library's calls do.
//   void Mutex::Lock() { pthread_mutex_lock(&native_); }   locks its member "native_"

#pragma once

#include "skeleton/Skeleton.h"

#include <optional>
#include <string>

namespace taskleak {

/// What a value of a function comes from: a parameter, or a member of what it refers to.
struct FromParameter {
  unsigned Param = 0;
  std::string Member; ///< A path with dots; empty: the parameter itself.
};

/// The one operation that a function does, always and before all else.
struct Wrapper {
  InstructionRef Does; ///< In the function itself, or in one that it wraps.
  FromParameter Object;
  /// The operation's second operand, if it comes from a parameter.
  std::optional<FromParameter> With;
  bool YieldsStatus = false; ///< Its result is the operation's.
  bool YieldsValue = false;  ///< Its result is the value that is received.
};

/// Where \p Value comes from; nothing if not from a parameter.
std::optional<FromParameter> fromParameter(const Function &F, Operand Value);

/// Nothing if the function does more than one thing, or not always.
std::optional<Wrapper> wrapper(const Unit &U, FunctionId F);

/// Whether the function does anything that tasks can notice.
bool isNoticed(const Unit &U, FunctionId F);

} // namespace taskleak
