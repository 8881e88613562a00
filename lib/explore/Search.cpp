// Breadth-first search over the steps of tasks. Where there are too many states for it,
// what is left of the budget is for a few runs from some of them to an end.

#include "explore/Habits.h"
#include "explore/Outlook.h"
#include "explore/StateSpace.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

#include <random>
#include <tuple>

namespace taskleak {

namespace {

/// Nobody is told of one that takes many guesses to get to.
bool isTold(const Graph &G, const StuckTask &S) {
  constexpr unsigned MostGuesses = 4; // Some turn out to be about one thing.
  Habits Of;
  for (uint32_t E : S.Path)
    Of.learn(G.guesses(E));
  return Of.Different <= MostGuesses;
}

class Search : StateSpace {
  std::minstd_rand Random; ///< The same in each run.
  bool IsSound = true;     ///< Memory is touched as it was taken to be.
  llvm::DenseSet<StateId> Ends; ///< Where dives have come to.

public:
  /// \p Dives: breadth first has been given up.
  Search(const Scene &S, ExploreStats &Stats, bool Dives) : StateSpace(S, Stats) {
    KeepsKnown = Dives;
  }

  bool dives() const { return KeepsKnown; }

  /// Goes deep first and not far, to learn how memory is touched. True if that was all
  /// there is, and all of it touched as assumed.
  bool scout(unsigned States) {
    begin();
    while (!Open.empty() && G.size() < States) {
      auto [Id, W] = std::move(Open.back());
      Open.pop_back();
      expand(Id, W);
    }
    Stats.States = unsigned(G.size() - 1);
    return Open.empty() && !S.D.changed();
  }

  /// False if memory turned out to be touched otherwise than assumed.
  bool run() {
    begin();
    Outlook Of(S.Limits.States);
    while (!Open.empty() && !dives()) {
      auto [Id, W] = std::move(Open.front());
      Open.pop_front();
      expand(Id, W);
      if (S.D.changed())
        return false;
      KeepsKnown = isOver() || Of.isHopeless(Stats.cost(), Open.size(), G.size());
    }
    if (!dives())
      return true;
    Stats.OverBudget = true;
    Stats.OverWhat = "states";
    while (S.Limits.Dive && S.Limits.Reduce && !Open.empty() && !isOver()) {
      bool IsEnd = dive();
      if (!IsSound)
        return false;
      if (IsEnd && isAnyStuck())
        break;
    }
    leaveOpen();
    return true;
  }

  Graph take() { return std::move(G); }

private:
  bool isAnyStuck() {
    constexpr unsigned WorkForEdge = 10;
    Stats.Work += WorkForEdge * G.Edges.size();
    size_t Before = G.Open.size();
    leaveOpen();
    bool Is = llvm::any_of(stuckTasks(G), [&](const StuckTask &S) { return isTold(G, S); });
    G.Open.resize(Before);
    return Is;
  }

  bool isOver() {
    Stats.States = unsigned(G.size() - 1);
    return Stats.cost() > S.Limits.States;
  }

  template <class Container> static std::pair<StateId, World> take(Container &States, size_t Which) {
    std::swap(States[Which], States.back());
    auto Taken = std::move(States.back());
    States.pop_back();
    return Taken;
  }

  /// Of where the last step has led, from edge \p FirstEdge on, what takes the fewest guesses that
  /// were not made before; now and then any.
  template <class Container>
  std::pair<StateId, World> takeUsual(Container &States, size_t First, uint32_t FirstEdge,
                                      Habits &Of) {
    constexpr unsigned OneIn = 8;
    llvm::DenseMap<StateId, uint32_t> Through;
    for (uint32_t E = FirstEdge; E < G.Edges.size(); ++E)
      Through.try_emplace(G.Edges[E].To, E);
    unsigned Fewest = ~0u;
    llvm::SmallVector<size_t, 8> Best;
    bool IsAny = Random() % OneIn == 0;
    for (size_t Which = First; Which < States.size(); ++Which) {
      unsigned New = IsAny ? 0 : Of.newOnes(G.guesses(Through.lookup(States[Which].first)));
      if (New < Fewest)
        Best.clear();
      Fewest = std::min(Fewest, New);
      if (New == Fewest)
        Best.push_back(Which);
    }
    auto Taken = take(States, Best[Random() % Best.size()]);
    Of.learn(G.guesses(Through.lookup(Taken.first)));
    return Taken;
  }

  /// Goes on from some state to an end, by a step of some task at a time. True if nobody can
  /// take one there, and no dive had come there before.
  bool dive() {
    constexpr unsigned Longest = 1000, MostGuesses = 8, MostAgain = 50;
    auto [Id, W] = take(Open, Random() % Open.size());
    Habits Of;
    unsigned InARow = 0; // Known ones: it may go round in circles.
    for (unsigned Steps = 0; Steps < Longest && !isOver(); ++Steps) {
      if (Doubted[Id] || Of.Different > MostGuesses)
        break;
      size_t First = Open.size();
      uint32_t FirstEdge = uint32_t(G.Edges.size());
      Again.clear();
      Stepped Now = stepAny(Id, W);
      bool IsEnd = !Now.IsAny || (Now.IsAll && Open.size() == First && Again.empty());
      if (Now.IsAll)
        recordBlocked(Id, W); // Who is blocked here and nowhere moves again is stuck.
      else
        G.Open.push_back(Id); // What the others would do there is not known.
      IsSound = !S.D.changed();
      if (IsEnd)
        return Ends.insert(Id).second;
      InARow = Open.size() == First ? InARow + 1 : 0;
      if (!IsSound || InARow > MostAgain || (InARow > 0 && Again.empty()))
        return false;
      std::tie(Id, W) = InARow > 0 ? takeUsual(Again, 0, FirstEdge, Of)
                                   : takeUsual(Open, First, FirstEdge, Of);
    }
    G.Open.push_back(Id);
    return false;
  }

  struct Stepped {
    bool IsAny, IsAll; ///< Nobody could have taken another.
  };

  /// A step of some task, in all its outcomes.
  Stepped stepAny(StateId Id, const World &W) {
    FirstStep First = stepFirst(Id, W);
    if (First.IsAll)
      return {true, true};
    llvm::SmallVector<unsigned, 8> Ready;
    for (unsigned T = 0; T < W.Tasks.size(); ++T)
      if (T != First.Task && readiness(S.P, W, T) != Readiness::Blocked)
        Ready.push_back(T);
    if (!Ready.empty())
      step(Id, W, Ready[Random() % Ready.size()]);
    return {!Ready.empty() || First.Task != NoId, Ready.size() < 2};
  }
};

} // namespace

/// Nothing is stuck there, in whatever order its states were found.
static bool isHarmless(const Graph &G) {
  return stuckTasks(G).empty() && idleTasks(G).empty() && lateUses(G).empty();
}

Graph search(const Scene &S, ExploreStats &Stats) {
  constexpr unsigned ScoutedStates = 60;
  if (S.Limits.Reduce) {
    Search Scout(S, Stats, /*Dives=*/false);
    if (Scout.scout(std::min(ScoutedStates, S.Limits.States / 4)))
      if (Graph G = Scout.take(); isHarmless(G))
        return G;
  }
  uint64_t Work = Stats.Work;
  bool Dives = false;
  while (true) {
    S.D.changed();
    Stats = {};
    Stats.Work = Work;
    Search Now(S, Stats, Dives);
    if (Now.run())
      return Now.take();
    Work = Stats.Work;
    Dives = Now.dives();
  }
}

} // namespace taskleak
