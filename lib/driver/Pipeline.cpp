// The stages behind `lower`: scenarios, explore, flow, checks. What the
// explorer has run to the end is known; only the rest is judged by its form.

#include "driver/Pipeline.h"

#include "driver/ClassRuns.h"
#include "driver/Settled.h"
#include "driver/Stopwatch.h"
#include "finding/Compose.h"
#include "finding/LeftBehind.h"
#include "flow/CallFacts.h"
#include "link/Scenario.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace taskleak {

/// The better explanation of two: fewer assumptions, then the shorter schedule.
static bool isBetter(const Stuck &A, const Stuck &B) {
  return std::tuple(A.Assumptions.size(), A.Schedule.size()) <
         std::tuple(B.Assumptions.size(), B.Schedule.size());
}

static void tellSilence(const Unit &U, FunctionId Entry, const ExploreStats &Stats,
                        UnitResult &Result) {
  ++Result.Stats.OverBudget;
  // Past a bound a path is cut off, and taken to be harmless.
  Result.Silences.push_back({U.Functions[Entry].At, "'" + U.Functions[Entry].Name +
                                                        "' is judged in part: it is over the budget of " +
                                                        Stats.OverWhat});
}

/// What is passed to a function whose callers have been run is theirs to say.
static void dropGuessesAboutCallers(Exploration &Seen) {
  llvm::erase_if(Seen.Stucks, [](const Stuck &S) {
    return llvm::any_of(S.Assumptions, [](const Assumption &A) { return A.OfCaller; });
  });
}

/// What an object out of sight answers is one guess; with another it is one too many. So is what
/// a computation yields that the program decides.
static void dropWildGuesses(Exploration &Seen) {
  llvm::erase_if(Seen.Stucks, [](const Stuck &S) {
    bool IsInexact = llvm::any_of(S.Assumptions, [](const Assumption &A) { return A.Inexact; });
    if (IsInexact && S.Assumptions.size() > 1)
      return true;
    unsigned Guesses = 0;
    for (const Assumption &A : S.Assumptions)
      Guesses += A.Times;
    return Guesses > 1 && llvm::any_of(S.Assumptions, [](const Assumption &A) { return A.OfState; });
  });
}

/// Takes all that \p Entry may run to be in order.
static void trust(const CallGraph &Calls, FunctionId Entry, std::vector<bool> &Trusted) {
  std::vector<bool> Runs(Trusted.size());
  Runs[Entry] = true;
  Calls.spreadToCallees(Runs);
  for (FunctionId F = 0; F < Runs.size(); ++F)
    Trusted[F] = Trusted[F] || Runs[F];
}

/// A scenario may have nine tenths of what is left of the unit's budget, so that something
/// is left for the next one; and a small one is judged whatever the others have cost. Where
/// some were over their budget, most are: the first two leave a quarter of it to those that
/// come after.
static Budget budgetFor(const AnalysisOptions &Options, unsigned Searched, unsigned Over) {
  constexpr unsigned Small = 50, MostCuts = 2;
  unsigned All = Options.UnitStates.value_or(~0u), Left = All - std::min(All, Searched);
  Budget Limits = Options.Limits;
  Limits.States >>= 2 * std::min(Over, MostCuts);
  Limits.States = std::min(Limits.States, std::max(Left / 10 * 9, std::min(Small, All)));
  return Limits;
}

/// What the scenarios of functions have come to.
struct FunctionRuns {
  unsigned Cost = 0;
  std::vector<bool> Ended; ///< Functions that one has run, and that to its end.
  std::vector<bool> Cut;   ///< Those of one that had less than a whole budget, and was over it.
};

static FunctionRuns exploreFunctions(const Unit &U, const AnalysisOptions &Options,
                                     UnitFacts &Facts, UnitResult &Result) {
  CallGraph Calls(U);
  FunctionRuns Out;
  Out.Ended.resize(U.Functions.size());
  Out.Cut.resize(U.Functions.size());
  std::map<Place, unsigned> Instances;
  std::vector<bool> Told(U.Functions.size()); // By a scenario that ran them.
  std::vector<bool> Entered(U.Functions.size()); // So was seen with what it is called with.
  Settled ToTheEnd(U, Calls);
  for (const Scenario &Run : scenarios(U)) {
    if (Options.OneFindingFirst && Told[Run.Entry])
      continue;
    if (ToTheEnd.contains(Run.Entry))
      continue;
    // What two instances of a template do, the others do, too.
    constexpr unsigned MostInstances = 2;
    if (Place Written = U.Functions[Run.Entry].At;
        Written.isValid() && ++Instances[Written] > MostInstances) {
      trust(Calls, Run.Entry, Out.Ended);
      continue;
    }
    Budget Limits = budgetFor(Options, Out.Cost, Result.Stats.OverBudget);
    Exploration Seen = explore(U, Run.Entry, Run.OwnsGlobals, Limits);
    Out.Cost += Seen.Stats.cost();
    if (Out.Ended[Run.Entry] || Out.Cut[Run.Entry] || Entered[Run.Entry])
      dropGuessesAboutCallers(Seen);
    dropWildGuesses(Seen);
    ++Result.Stats.Scenarios;
    Result.Stats.States += Seen.Stats.States;
    if (Seen.Stats.OverBudget)
      tellSilence(U, Run.Entry, Seen.Stats, Result);
    if (Seen.Stats.OverBudget && Limits.States < Budget().States)
      trust(Calls, Run.Entry, Out.Cut);
    if (!Seen.Stats.OverBudget)
      ToTheEnd.add(Seen.Visited);
    for (FunctionId F : Seen.Visited) {
      Entered[F] = true;
      Out.Ended[F] = Out.Ended[F] || !Seen.Stats.OverBudget;
      Told[F] = Told[F] || !Seen.Stucks.empty();
    }
    llvm::append_range(Facts.Late, Seen.Late);
    llvm::append_range(Facts.Stucks, std::move(Seen.Stucks));
  }
  // Neither has a form to judge.
  for (FunctionId F = 0; F < U.Functions.size(); ++F)
    Facts.Explored[F] = Out.Ended[F] || Out.Cut[F];
  return Out;
}

/// Its classes may have what its functions have left of a unit's budget, and a sixth of it
/// in any case.
static unsigned leftForUses(const AnalysisOptions &Options, unsigned Searched) {
  unsigned All = Options.UnitStates.value_or(~0u);
  return std::max(All - std::min(All, Searched), All / 6);
}

static void exploreUses(Unit &U, const AnalysisOptions &Options, const FunctionRuns &Known,
                        UnitFacts &Facts, UnitResult &Result) {
  ClassRuns Runs = exploreClasses(U, Options.Limits, leftForUses(Options, Known.Cost), Known.Ended);
  Result.Stats.Scenarios += Runs.Scenarios;
  Result.Stats.States += Runs.States;
  // What a function's own scenario has shown is not told again.
  llvm::erase_if(Runs.Stucks, [&](const Stuck &S) {
    return llvm::any_of(Facts.Stucks, [&](const Stuck &Told) { return Told.At == S.At; });
  });
  llvm::append_range(Facts.Stucks, std::move(Runs.Stucks));
  for (const std::string &What : Runs.InPart)
    Result.Silences.push_back(
        {{}, What + " is judged in part: the ways to use it are over the budget"});
  // What a driver is made of has no form to judge.
  Facts.Explored.resize(U.Functions.size(), true);
}

/// For each wait and fault, the best explanation stays.
static void thin(const Unit &U, const CallFacts &Known, std::vector<Stuck> &Stucks) {
  std::map<std::pair<InstructionRef, Fault>, Stuck> Best;
  for (Stuck &S : Stucks) {
    findLeftBehind(Known, S);
    std::pair Key(S.At, fault(U, S));
    auto Found = Best.find(Key);
    if (Found == Best.end())
      Best.emplace(Key, std::move(S));
    else if (isBetter(S, Found->second))
      Found->second = std::move(S);
  }
  Stucks.clear();
  for (auto &[Key, S] : Best)
    Stucks.push_back(std::move(S));
}

static void readForms(const Unit &U, const CallFacts &Known, UnitFacts &Facts, UnitResult &Result) {
  Stopwatch Watch(Result.Stats.Flow);
  for (FunctionId F = 0; F < U.Functions.size(); ++F) {
    if (U.Functions[F].Blocks.empty())
      continue;
    // How long a sleep lasts no run tells.
    llvm::append_range(Facts.Ignored, sleepsIgnoringCancel(U, F));
    if (!mayJudgeForm(Facts, F))
      continue;
    llvm::append_range(Facts.Open, openObligations(Known, F));
    llvm::append_range(Facts.Open, lockedOnSomePaths(Known, F));
    llvm::append_range(Facts.Ignored, waitsIgnoringCancel(U, F));
  }
}

/// A finding that needs more assumptions than one can check is shown on demand only.
static bool isShown(const Finding &F, const Check &C, const AnalysisOptions &Options) {
  if (Options.Least)
    return F.Sure >= *Options.Least;
  return F.Sure >= C.Least && F.Assumptions.size() <= MostAssumptions;
}

/// Sorted by place, then check; of several for one place the surest stays. What stands nowhere,
/// the end of a library's object, is not told: nobody could mend it there.
static void sortAndThin(Findings &Found) {
  llvm::erase_if(Found, [](const Finding &F) { return !F.At.isValid(); });
  auto Key = [](const Finding &F) {
    return std::tuple(F.At, llvm::StringRef(F.Check), -int(F.Sure), F.Assumptions.size(),
                      llvm::StringRef(F.Message));
  };
  llvm::sort(Found, [&](const Finding &A, const Finding &B) { return Key(A) < Key(B); });
  auto IsSame = [](const Finding &A, const Finding &B) {
    return A.At == B.At && A.Check == B.Check;
  };
  Found.erase(std::unique(Found.begin(), Found.end(), IsSame), Found.end());
}

void judge(Unit &U, const AnalysisOptions &Options, UnitResult &Result) {
  Result.Files = U.Files;
  Result.Stats.Functions = unsigned(U.Functions.size());
  UnitFacts Facts{U, {}, {}, {}, std::vector<bool>(U.Functions.size()), {}, {}};
  for (const Check *C : allChecks())
    if (C->Judges != Fault::None)
      Facts.Judged.push_back(C->Judges);
  {
    Stopwatch Watch(Result.Stats.Explore);
    exploreUses(U, Options, exploreFunctions(U, Options, Facts, Result), Facts, Result);
  }
  CallFacts Known(U);
  thin(U, Known, Facts.Stucks);
  readForms(U, Known, Facts, Result);
  for (const Check *C : allChecks()) {
    if (!Options.Checks.empty() && !llvm::is_contained(Options.Checks, C->Id))
      continue;
    Findings Own;
    C->Run(Facts, Own);
    for (Finding &F : Own)
      if (isShown(F, *C, Options))
        Result.Found.push_back(std::move(F));
  }
  sortAndThin(Result.Found);
}

UnitResult analyzeSkeletons(const Unit &Skeletons, const AnalysisOptions &Options) {
  UnitResult Result;
  Unit Own = Skeletons;
  judge(Own, Options, Result);
  return Result;
}

} // namespace taskleak
