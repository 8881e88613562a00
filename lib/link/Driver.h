// Functions that nobody wrote: each uses a class as some user of it might.
//   Pool P; P.start(); P.submit(Job); P.~Pool();

#pragma once

#include "skeleton/Skeleton.h"

#include <tuple>
#include <vector>

namespace taskleak {

/// What a driver does with one object of a class, or with the static objects of a file.
struct DriverPlan {
  uint32_t Record = NoId;  ///< Index into `Unit::Records`; NoId: a file's static objects.
  FunctionId Maker = NoId; ///< A constructor or creator.
  FunctionId Ender = NoId;
  std::vector<FunctionId> Calls;  ///< What others may call.
  int64_t Size = 1;               ///< What is passed wherever a number is asked for.
  std::vector<FunctionId> Before; ///< Calls, one after the other.
  FunctionId Beside = NoId;       ///< A call of a second task, and what the first does meanwhile:
  std::vector<FunctionId> After;
  /// Others may call any public method, up to the end of the object; they need not.
  unsigned Outsiders = 0; ///< How many.
};

/// Orders the plans of one class or file; those that do the same are equal.
struct SameUse {
  bool operator()(const DriverPlan &A, const DriverPlan &B) const {
    auto Use = [](const DriverPlan &P) {
      return std::tie(P.Record, P.Maker, P.Ender, P.Before, P.Beside, P.After, P.Outsiders, P.Size);
    };
    return Use(A) < Use(B);
  }
};

/// Adds a driver and what belongs to it at the end of the unit's functions.
FunctionId addDriver(Unit &U, const DriverPlan &Plan);

/// "`Pool::start` and `Pool::submit` are called"; empty if nothing is called.
std::string sayCalls(const Unit &U, const DriverPlan &Plan);

} // namespace taskleak
