// A scenario from beginning to end: run it, find the stuck tasks, tell how they
// got there.

#include "explore/Explore.h"

#include "explore/Daemons.h"
#include "explore/Hearing.h"
#include "explore/Idling.h"
#include "explore/Schedule.h"
#include "explore/Unavoidable.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace taskleak {

namespace {

/// A stuck task and how it got there.
struct Shown {
  StuckTask Which;
  Witnessed How;
};

bool isOfOnePlace(const StuckTask &A, const StuckTask &B) {
  return A.Wait.Site == B.Wait.Site && A.Wait.Kind == B.Wait.Kind && A.Endless == B.Endless;
}

std::vector<Shown> shown(const Scene &S, const Graph &G, llvm::ArrayRef<StuckTask> Stuck) {
  std::vector<Shown> All;
  for (const StuckTask &Which : Stuck)
    if (auto How = witness(S, G, Which))
      All.push_back({Which, std::move(*How)});
  std::stable_sort(All.begin(), All.end(), [](const Shown &A, const Shown &B) {
    return A.How.Report.Assumptions.size() < B.How.Report.Assumptions.size();
  });
  return All;
}

void tell(const Scene &S, const Graph &G, llvm::ArrayRef<StuckTask> Stuck, unsigned &Left,
          Exploration &Out) {
  std::vector<Shown> All = shown(S, G, Stuck);
  std::optional<Unavoidable> OfAnswers;
  if (S.Limits.Answers && !All.empty())
    OfAnswers.emplace(G);
  for (Shown &T : All) {
    uint16_t Endless = T.Which.Endless;
    T.How.Report.Unavoidable = OfAnswers && OfAnswers->is(T.Which);
    // Of those that are left out it is not known whether others are to blame.
    if (Endless ? tellEndless(S, T.How, Endless)
                : !S.Limits.Blame || findHolders(S, T.How, Left))
      Out.Stucks.push_back(std::move(T.How.Report));
  }
}

/// At each place the one that shows it best. Where that is a worker that may be idle, so those
/// who got there by other calls.
void tellStuck(const Scene &S, const Graph &G, Exploration &Out) {
  unsigned Left = S.Limits.States; // For who holds up whom; the surest come first.
  std::vector<StuckTask> Best, Others;
  for (StuckTask &Which : stuckTasks(G)) {
    bool IsOther = !Best.empty() && isOfOnePlace(Best.back(), Which);
    (IsOther ? Others : Best).push_back(std::move(Which));
  }
  tell(S, G, Best, Left, Out);
  if (Others.empty())
    return;
  std::vector<bool> IsIdle = daemons(S.P, Out.Stucks);
  auto IsHidden = [&](const StuckTask &Other) {
    bool ByIdle = false, ByOther = false;
    for (size_t I = 0; I < Out.Stucks.size(); ++I)
      if (Out.Stucks[I].At == S.P.site(Other.Wait.Site))
        (IsIdle[I] ? ByIdle : ByOther) = true;
    return ByIdle && !ByOther;
  };
  llvm::erase_if(Others, [&](const StuckTask &Other) { return !IsHidden(Other); });
  tell(S, G, Others, Left, Out);
}

void tellIdleAndLate(const Scene &S, const Graph &G, Exploration &Out) {
  auto IsUnheard = [](const Stuck &Told) { return Told.Endless && Told.Unheard; };
  bool AnyUnheard = llvm::any_of(Out.Stucks, IsUnheard);
  for (const StuckTask &Which : idleTasks(G))
    if (auto Found = witness(S, G, Which); Found && tellIdle(S, *Found, *Which.Idles))
      // Whoever sleeps there does not hear a stop, and that is told.
      if (!AnyUnheard || !Found->Report.Sleeps.isValid())
        Out.Stucks.push_back(std::move(Found->Report));
  for (const StuckTask &Which : lateUses(G))
    if (auto Found = witnessLate(S, G, Which))
      Out.Late.push_back(std::move(*Found));
}

Exploration run(const Program &P, const Budget &Limits) {
  Exploration Out;
  Discipline D;
  Scene S{P, D, Limits};
  Graph G = search(S, Out.Stats);
  for (FunctionId F : P.reachable())
    if (P.wasEntered(F))
      Out.Visited.push_back(F);
  tellStuck(S, G, Out);
  // Who idles is told only where nobody can bring something later.
  if (G.Open.empty())
    tellIdleAndLate(S, G, Out);
  dropDaemons(P, Out.Stucks);
  return Out;
}

/// The ways to run a scenario, one after the other until something is found, within one budget.
class Attempts {
  const Unit &U;
  FunctionId Entry;
  bool OwnsGlobals;
  Budget Left;
  Exploration Out;

public:
  Attempts(const Unit &U, FunctionId Entry, bool OwnsGlobals, const Budget &Limits)
      : U(U), Entry(Entry), OwnsGlobals(OwnsGlobals), Left(Limits) {}

  /// True if something is found.
  bool run(Arguments Given) {
    bool LosesNumbers = look(Given, Numbers::Small);
    if (LosesNumbers && !isFound())
      look(Given, Numbers::AsTheyAre);
    return isFound();
  }

  Exploration take() { return std::move(Out); }

private:
  bool isFound() const { return !Out.Stucks.empty() || !Out.Late.empty(); }

  /// Whether numbers were lost that could be known.
  bool look(Arguments Given, Numbers Written) {
    Program P(U, Entry, OwnsGlobals, Written, Given);
    if (!P.function(Entry))
      return false;
    Exploration Now = taskleak::run(P, Left);
    Left.States -= std::min(Left.States, Now.Stats.cost());
    // What a second look leaves open the first one has seen.
    if (Written == Numbers::AsTheyAre && Now.Stats.OverBudget && Now.Stucks.empty())
      Now.Stats.OverBudget = Out.Stats.OverBudget;
    Now.Stats.Work += Out.Stats.Work;
    Now.Stats.States += Out.Stats.States;
    Now.Stats.Steps += Out.Stats.Steps;
    llvm::append_range(Now.Visited, Out.Visited);
    Out = std::move(Now);
    return P.LosesNumbers;
  }
};

} // namespace

Exploration explore(const Unit &U, FunctionId Entry, bool OwnsGlobals, const Budget &Limits) {
  Attempts Of(U, Entry, OwnsGlobals, Limits);
  bool HasArguments = Entry < U.Functions.size() && U.Functions[Entry].IsMain &&
                      U.Functions[Entry].Params > 0;
  if (!HasArguments || !Of.run(Arguments::None))
    Of.run(Arguments::Any);
  return Of.take();
}

} // namespace taskleak
