// Whether what a driver shows is the class's fault, or its user's, who should have called
// something else.
//   Worker W; W.~Worker();             stuck in the destructor,
//   Worker W; W.stop(); W.~Worker();   but not so: stop() may be the user's duty

#pragma once

#include "explore/Explore.h"
#include "link/Driver.h"

#include "llvm/ADT/ArrayRef.h"

#include <map>

namespace taskleak {

/// What the uses of a class that were run for a verdict have led to.
using KnownUses = std::map<DriverPlan, Exploration, SameUse>;

class ClassVerdict {
  Unit &U;
  Budget Limits;
  const DriverPlan &Plan;
  KnownUses &Known;

public:
  /// Adds what it runs to \p Known.
  ClassVerdict(Unit &U, const Budget &Limits, const DriverPlan &Plan, KnownUses &Known)
      : U(U), Limits(Limits), Plan(Plan), Known(Known) {}

  /// True if no further call by anybody would help. Runs more drivers; leaves none behind.
  bool isFault(const Stuck &S);

  unsigned Scenarios = 0, States = 0, Cost = 0; ///< What it took; see ExploreStats::cost.

private:
  const Exploration &run(const DriverPlan &Other);
  bool mayBeWoken(InstructionRef Wait) const;
  bool staysStuck(const Stuck &S, unsigned Outsiders);
  bool canMeet() const;
  bool isLeftByOwn(const Stuck &S, llvm::ArrayRef<unsigned> Callers) const;
  bool helpsNobody(const Stuck &S, llvm::ArrayRef<unsigned> Callers);
  bool isRepairedBy(const Stuck &S, llvm::ArrayRef<FunctionId> Calls);
  bool isEnding(FunctionId Call) const;
  bool endsByCall() const;
};

} // namespace taskleak
