// A scenario from beginning to end: run it, find the stuck tasks, tell how they
// got there.

#include "explore/Explore.h"

#include "explore/Hearing.h"
#include "explore/Idling.h"
#include "explore/Schedule.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

namespace {

/// Waits that an idle worker of a program may be in as long as it runs.
bool isIdleWait(Op O) {
  return O == Op::Receive || O == Op::Wait || O == Op::Await || O == Op::Acquire || O == Op::Poll;
}

bool isDaemon(const Program &P, const Stuck &S) {
  return P.OwnsGlobals && S.Static && !S.Endless && S.Victim != 0 && isIdleWait(at(P.U, S.At).Code);
}

/// An idle worker counts only if a task that is no idle worker waits for it.
void dropDaemons(const Program &P, std::vector<Stuck> &Stucks) {
  auto IsNeeded = [&](const Stuck &Daemon) {
    return llvm::any_of(Stucks, [&](const Stuck &Other) {
      return !isDaemon(P, Other) && llvm::any_of(Other.HeldUpBy, [&](unsigned Task) {
        return Other.Tasks[Task].Blocked == Daemon.At;
      });
    });
  };
  std::vector<bool> Drop;
  for (const Stuck &S : Stucks)
    Drop.push_back(isDaemon(P, S) && !IsNeeded(S));
  std::vector<Stuck> Kept;
  for (size_t I = 0; I < Stucks.size(); ++I)
    if (!Drop[I])
      Kept.push_back(std::move(Stucks[I]));
  Stucks = std::move(Kept);
}

void tellStuck(const Scene &S, const Graph &G, Exploration &Out) {
  for (const StuckTask &Which : stuckTasks(G)) {
    auto Found = witness(S, G, Which);
    if (!Found)
      continue;
    if (Which.Endless && !tellEndless(S, *Found, Which.Endless))
      continue;
    if (!Which.Endless)
      findHolders(S, *Found);
    Out.Stucks.push_back(std::move(Found->Report));
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
