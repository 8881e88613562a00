// Two questions. Where a caller is stuck while the object lives: could others free it, who
// call any public methods? Where it is stuck because the object ends, by the destructor or a
// call that is meant to: would one or two calls more, before that, have prevented it?

#include "driver/ClassVerdict.h"

#include "link/CallTraits.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

/// The last call that a driver's task has made: a method, the constructor, the destructor.
static FunctionId lastCall(const Unit &U, const Stuck &S, unsigned Task) {
  for (const ScheduleStep &Step : reverse(S.Schedule))
    if (Step.Task == Task && U.Functions[Step.At.F].Driver && at(U, Step.At).Code == Op::Call)
      return at(U, Step.At).Callee;
  return NoId;
}

/// It is one of the driver's own tasks.
static bool isCaller(const Unit &U, const TaskTrail &T) {
  return !T.Spawned.isValid() || U.Functions[T.Spawned.F].Driver;
}

/// It is one of them, and blocked in a call.
static bool isInCall(const Unit &U, const Stuck &S, unsigned Task) {
  const TaskTrail &T = S.Tasks[Task];
  return isCaller(U, T) && !T.Ended && T.Blocked.isValid() && !U.Functions[T.Blocked.F].Driver;
}

bool ClassVerdict::isEnding(FunctionId Call) const {
  return Call == Plan.Ender || Call == Plan.Maker || callTraits(U, Call).isEnding();
}

bool ClassVerdict::endsByCall() const {
  auto Ends = [&](FunctionId F) { return isEnding(F); };
  return any_of(Plan.Before, Ends) || any_of(Plan.After, Ends);
}

const Exploration &ClassVerdict::run(const DriverPlan &Other) {
  auto [At, New] = Known.try_emplace(Other);
  Exploration &Seen = At->second;
  if (!New)
    return Seen;
  size_t Before = U.Functions.size();
  Seen = explore(U, addDriver(U, Other), /*OwnsGlobals=*/Plan.Record == NoId, Limits);
  U.Functions.resize(Before);
  ++Scenarios;
  States += Seen.Stats.States;
  Cost += Seen.Stats.cost();
  return Seen;
}

static bool isSame(const Stuck &A, const Stuck &B) { return A.At == B.At && A.Kind == B.Kind; }

/// Some method that others may call does what could end this wait.
bool ClassVerdict::mayBeWoken(InstructionRef Wait) const {
  Op Code = at(U, Wait).Code;
  if (Code == Op::Join)
    return false;
  StringRef Object = fieldOf(U, Wait);
  auto MayWake = [&](FunctionId F) {
    return Code == Op::Lock ? unlocksForOthers(U, F) : mayTouch(U, F, Object);
  };
  return Object.empty() || any_of(Plan.Calls, MayWake);
}

/// So many others, who call what they like, cannot free the victim.
bool ClassVerdict::staysStuck(const Stuck &S, unsigned Outsiders) {
  DriverPlan Busy = Plan;
  Busy.Outsiders = Outsiders;
  const Exploration &Seen = run(Busy);
  return !Seen.Stats.OverBudget &&
         any_of(Seen.Stucks, [&](const Stuck &Other) { return isSame(S, Other); });
}

/// Two others can do more than one of them: what one does once it has waited for the other.
bool ClassVerdict::canMeet() const {
  return any_of(Plan.Calls, [&](FunctionId F) {
    CallTraits Does = callTraits(U, F);
    return (Does.Waits || Does.Joins) && Does.Changes;
  });
}

/// The object's own tasks, which it takes to be woken, have ended, and no call starts another.
bool ClassVerdict::isLeftByOwn(const Stuck &S, ArrayRef<unsigned> Callers) const {
  auto Helps = [&](FunctionId F) { return callTraits(U, F).Spawns || handsOut(U, F); };
  auto IsOwn = [&](const TaskTrail &T) { return !isCaller(U, T); };
  auto GoesOn = [&](const TaskTrail &T) { return IsOwn(T) && !T.Ended; };
  // Who waits on a lock is woken by all that is done with it.
  auto HasLock = [&](unsigned Task) {
    const auto &Of = at(U, S.Tasks[Task].Blocked).Operands;
    return Of.size() > 1 && Of[0] == Of[1];
  };
  return any_of(S.Tasks, IsOwn) && none_of(S.Tasks, GoesOn) && none_of(Plan.Calls, Helps) &&
         none_of(Callers, HasLock);
}

/// No method that others may call can free one of \p Callers.
bool ClassVerdict::helpsNobody(const Stuck &S, ArrayRef<unsigned> Callers) {
  if (Plan.Record != NoId && U.Records[Plan.Record].Use.Open)
    return false;
  if (any_of(Callers, [&](unsigned Task) { return mayBeWoken(S.Tasks[Task].Blocked); }))
    return false;
  // Who waits for locks waits for those who have them, and for nobody else.
  bool OnlyLocks = all_of(S.Tasks, [&](const TaskTrail &T) {
    return T.Ended || (T.Blocked.isValid() &&
                       (at(U, T.Blocked).Code == Op::Lock || U.Functions[T.Blocked.F].Driver));
  });
  return OnlyLocks || isLeftByOwn(S, Callers) ||
         (staysStuck(S, 1) && (!canMeet() || staysStuck(S, 2)));
}

/// With these calls before the end, nothing is stuck; at least if they are given the right things.
bool ClassVerdict::isRepairedBy(const Stuck &S, ArrayRef<FunctionId> Calls) {
  DriverPlan Longer = Plan;
  std::vector<FunctionId> &List = Plan.Beside == NoId ? Longer.Before : Longer.After;
  // What ends the object's tasks stays the last.
  auto End = find(List, lastCall(U, S, 0));
  List.insert(End != List.end() && isEnding(*End) ? End : List.end(), Calls.begin(), Calls.end());
  const Exploration &Seen = run(Longer);
  return none_of(Seen.Stucks, [&](const Stuck &Other) {
    bool IsAsSure = Other.Assumptions.size() <= S.Assumptions.size() || Other.Unavoidable;
    return IsAsSure && (isSame(S, Other) || Other.Assumptions.empty());
  });
}

bool ClassVerdict::isFault(const Stuck &S) {
  // Who goes round for ever in a call waits for what the caller has passed: it is not the end.
  if (any_of(S.Tasks, [&](const TaskTrail &T) {
        return isCaller(U, T) && !T.Ended && !T.Blocked.isValid();
      }))
    return false;
  SmallVector<unsigned, 2> Callers;
  for (unsigned Task = 0; Task < S.Tasks.size(); ++Task)
    if (isInCall(U, S, Task) && !isEnding(lastCall(U, S, Task)))
      Callers.push_back(Task);
  if (!Callers.empty())
    return helpsNobody(S, Callers);
  if (Plan.Maker != NoId && lastCall(U, S, 0) == Plan.Maker && isInCall(U, S, 0))
    return true;
  // Nobody ends what is static; and where a call is meant to end it, that comes first.
  bool HasEnding = any_of(Plan.Calls, [&](FunctionId F) { return isEnding(F); });
  if (!isInCall(U, S, 0) && (Plan.Record == NoId || (HasEnding && !endsByCall())))
    return false;
  std::vector<FunctionId> Calls;
  for (FunctionId F : Plan.Calls)
    if ((callTraits(U, F).any() || handsOut(U, F)) && F != lastCall(U, S, 0))
      Calls.push_back(F);
  for (FunctionId F : Calls)
    if (isRepairedBy(S, {F}))
      return false;
  constexpr size_t FewCalls = 5;
  for (FunctionId First : Calls)
    for (FunctionId Then : Calls)
      if ((Calls.size() <= FewCalls || First == Then) && isRepairedBy(S, {First, Then}))
        return false;
  return true;
}

} // namespace taskleak
