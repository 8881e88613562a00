// A scenario from beginning to end: run it, find the stuck tasks, tell how they
// got there.

#include "explore/Explore.h"

#include "explore/Daemons.h"
#include "explore/Hearing.h"
#include "explore/Idling.h"
#include "explore/Schedule.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace taskleak {

namespace {

/// A stuck task and how it got there.
struct Shown {
  StuckTask Which;
  Witnessed How;
};

std::vector<Shown> shown(const Scene &S, const Graph &G) {
  std::vector<Shown> All;
  for (StuckTask &Which : stuckTasks(G))
    if (auto How = witness(S, G, Which))
      All.push_back({std::move(Which), std::move(*How)});
  std::stable_sort(All.begin(), All.end(), [](const Shown &A, const Shown &B) {
    return A.How.Report.Assumptions.size() < B.How.Report.Assumptions.size();
  });
  return All;
}

void tellStuck(const Scene &S, const Graph &G, Exploration &Out) {
  unsigned Left = S.Limits.States; // For who holds up whom; the surest come first.
  for (Shown &T : shown(S, G)) {
    uint16_t Endless = T.Which.Endless;
    // Of those that are left out it is not known whether others are to blame.
    if (Endless ? tellEndless(S, T.How, Endless)
                : !S.Limits.Blame || findHolders(S, T.How, Left))
      Out.Stucks.push_back(std::move(T.How.Report));
  }
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

} // namespace

Exploration explore(const Unit &U, FunctionId Entry, bool OwnsGlobals, const Budget &Limits) {
  Program P(U, Entry, OwnsGlobals, /*Compress=*/true);
  if (!P.function(Entry))
    return {};
  return run(P, Limits);
}

} // namespace taskleak
