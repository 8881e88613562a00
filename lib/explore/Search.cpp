// Search over the steps of tasks: a little way deep first, then breadth first. Where there are
// too many states for it, what is left of the budget is for a few runs from some of them to an end.

#include "explore/Habits.h"
#include "explore/Outlook.h"
#include "explore/StateSpace.h"
#include "explore/StuckTasks.h"

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
  static constexpr unsigned DivesOf8 = 1; ///< What is left of the budget for them in any case.
  std::minstd_rand Random; ///< The same in each run.
  bool IsSound = true;     ///< Memory is touched as it was taken to be.
  llvm::DenseSet<StateId> Ends; ///< Where dives have come to.

public:
  /// \p Dives: breadth first has been given up.
  Search(const Scene &S, ExploreStats &Stats, bool Dives) : StateSpace(S, Stats) {
    KeepsKnown = Dives;
  }

  bool dives() const { return KeepsKnown; }

  /// False if memory turned out to be touched otherwise than assumed.
  bool run() {
    begin();
    if (!dives() && !scout())
      return false;
    wait();
    KeepsKnown = dives() || isOver(DivesOf8);
    Outlook Of(S.Limits.States);
    while (!Open.empty() && !dives()) {
      Unseen Now = Open.takeOldest();
      expand(Now.Id, Now.W);
      wait();
      if (S.D.changed())
        return false;
      KeepsKnown = isOver(DivesOf8) || Of.isHopeless(Stats.cost(), Open.size(), G.size());
    }
    Stats.States = unsigned(G.size() - 1);
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
  /// Goes deep first and not far, to learn early how memory is touched. False as for `run`.
  bool scout() {
    constexpr unsigned ScoutedStates = 60;
    unsigned Most = std::min(ScoutedStates, S.Limits.States / 4);
    std::vector<Unseen> Ahead = std::exchange(New, {});
    while (S.Limits.Reduce && !Ahead.empty() && G.size() < Most) {
      Unseen Now = std::move(Ahead.back());
      Ahead.pop_back();
      expand(Now.Id, Now.W);
      if (S.D.changed())
        return false;
      std::move(New.begin(), New.end(), std::back_inserter(Ahead));
      New.clear();
    }
    New = std::move(Ahead);
    return true;
  }

  bool isAnyStuck() {
    constexpr unsigned WorkForEdge = 10;
    Stats.Work += WorkForEdge * G.Edges.size();
    size_t Before = G.Open.size(), BlockedBefore = G.Blocked.size();
    leaveOpen();
    bool Is = llvm::any_of(stuckTasks(G), [&](const StuckTask &S) { return isTold(G, S); });
    G.Open.resize(Before, {});
    G.Blocked.resize(BlockedBefore, {});
    return Is;
  }

  /// \p Kept: eighths of the budget that are not to be touched.
  bool isOver(unsigned Kept = 0) {
    Stats.States = unsigned(G.size() - 1);
    // Where numbers are lost, a second look is to follow.
    unsigned Most =
        S.P.LosesNumbers && S.P.Small.AreSmaller ? S.Limits.States / 2 : S.Limits.States;
    return Stats.cost() > Most / 8 * (8 - Kept);
  }

  /// Of where the last step has led, from edge \p FirstEdge on, what takes the fewest guesses that
  /// were not made before; now and then any.
  Unseen takeUsual(std::vector<Unseen> &States, uint32_t FirstEdge, Habits &Of) {
    constexpr unsigned OneIn = 8;
    llvm::DenseMap<StateId, uint32_t> Through;
    for (uint32_t E = FirstEdge; E < G.Edges.size(); ++E)
      Through.try_emplace(G.Edges[E].To, E);
    auto NewGuesses = [&](const Unseen &State) {
      return Of.newOnes(G.guesses(Through.lookup(State.Id))) + State.W.mayGiveUp();
    };
    unsigned Fewest = ~0u;
    for (const Unseen &State : States)
      Fewest = std::min(Fewest, NewGuesses(State));
    bool IsAny = Random() % OneIn == 0;
    llvm::SmallVector<size_t, 8> Best;
    for (size_t Which = 0; Which < States.size(); ++Which)
      if (IsAny || NewGuesses(States[Which]) == Fewest)
        Best.push_back(Which);
    std::swap(States[Best[Random() % Best.size()]], States.back());
    Unseen Taken = std::move(States.back());
    States.pop_back();
    Of.learn(G.guesses(Through.lookup(Taken.Id)));
    return Taken;
  }

  /// Goes on from some state to an end, by a step of some task at a time. True if nobody can
  /// take one there, and no dive had come there before.
  bool dive() {
    constexpr unsigned Longest = 1000, MostGuesses = 8, MostAgain = 50;
    Unseen At = Open.takeAny(Random());
    Habits Of;
    unsigned InARow = 0; // Known ones: it may go round in circles.
    for (unsigned Steps = 0; Steps < Longest && !isOver(); ++Steps) {
      if (Level[At.Id] == Frontier::Doubted || Of.Different > MostGuesses)
        break;
      uint32_t FirstEdge = uint32_t(G.Edges.size());
      Again.clear();
      Stepped Now = stepAny(At.Id, At.W);
      bool IsEnd = !Now.IsAny || (Now.IsAll && New.empty() && Again.empty());
      if (Now.IsAll)
        recordBlocked(At.Id, At.W); // Who is blocked here and nowhere moves again is stuck.
      else
        leave(At.Id, At.W); // What the others would do there is not known.
      IsSound = !S.D.changed();
      if (IsEnd)
        return Ends.insert(At.Id).second;
      InARow = New.empty() ? InARow + 1 : 0;
      if (!IsSound || InARow > MostAgain || (InARow > 0 && Again.empty()))
        return false;
      At = takeUsual(InARow > 0 ? Again : New, FirstEdge, Of);
      wait();
    }
    leave(At.Id, At.W);
    return false;
  }

  struct Stepped {
    bool IsAny, IsAll; ///< Nobody could have taken another.
  };

  /// A step of some task, in all its outcomes; of another one, where it leads nowhere: main gives
  /// up, and takes all with it.
  Stepped stepAny(StateId Id, const World &W) {
    FirstStep First = stepFirst(Id, W);
    if (First.IsAll)
      return {true, true};
    llvm::SmallVector<unsigned, 8> Ready;
    for (unsigned T = 0; T < W.Tasks.size(); ++T)
      if (T != First.Task && readiness(S.P, W, T) != Readiness::Blocked)
        Ready.push_back(T);
    bool IsAny = !Ready.empty() || First.Task != NoId;
    for (bool IsOn = false; !Ready.empty() && !IsOn; IsOn = !New.empty() || !Again.empty()) {
      std::swap(Ready[pick(W, Ready)], Ready.back());
      step(Id, W, Ready.pop_back_val());
    }
    return {IsAny, Ready.empty()};
  }

  /// Who sleeps does so for the others to go on; now and then it is the first to wake up.
  size_t pick(const World &W, llvm::ArrayRef<unsigned> Ready) {
    constexpr unsigned OneIn = 8;
    auto Sleeps = [&](unsigned T) { return View(S.P, W, T).C.op() == Op::Yield; };
    llvm::SmallVector<size_t, 8> Awake;
    for (size_t Which = 0; Which < Ready.size(); ++Which)
      if (!Sleeps(Ready[Which]))
        Awake.push_back(Which);
    bool IsAny = Awake.empty() || Random() % OneIn == 0;
    return IsAny ? Random() % Ready.size() : Awake[Random() % Awake.size()];
  }
};

} // namespace

Graph search(const Scene &S, ExploreStats &Stats) {
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
