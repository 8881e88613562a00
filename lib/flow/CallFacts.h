// What a call does to what it is given, seen from the caller: it may count it
// down, keep it, wait with it, throw. Computed once a unit, bottom-up.
//   void finish(Group &G) { G.done(); }     discharges its first parameter

#pragma once

#include "flow/ValueClasses.h"
#include "skeleton/CallGraph.h"

#include <memory>

namespace taskleak {

/// Bit p stands for parameter p, and all that is reached through it.
struct ParameterFacts {
  uint64_t Discharges = 0; ///< May be counted down, fulfilled, requested.
  uint64_t Keeps = 0;      ///< May be stored, returned or handed to code out of sight.
  uint64_t WaitsWith = 0;  ///< May be the cancel of a wait, or asked whether it is requested.

  friend bool operator==(const ParameterFacts &, const ParameterFacts &) = default;
};

class LockEffects;

class CallFacts {
public:
  explicit CallFacts(const Unit &U);

  const Unit &U;
  CallGraph Graph;
  ValueClasses Classes;
  std::vector<ParameterFacts> Parameters;
  std::vector<bool> MayThrow;
  std::vector<bool> IsCallable; ///< Some function makes a callable of it.
  std::vector<bool> IsTask;     ///< Some function spawns it.
  /// Runs only as tasks whose exceptions end the process.
  std::vector<bool> ThrowTerminates;

  /// May an exception come out of this instruction?
  bool mayThrow(const Instruction &I) const;

  /// Found out when it is first asked for.
  const LockEffects &locks() const;

private:
  mutable std::shared_ptr<const LockEffects> Locks;
};

/// A wait that an outcome turns into an exception.
bool throwsOnOutcome(const Instruction &I);

/// Counts down, fulfils, breaks or requests its first operand, or ends those who would have to.
bool discharges(const Instruction &I);

} // namespace taskleak
