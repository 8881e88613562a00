// Breadth-first search over the steps of tasks. Where there are too many states for it,
// what is left of the budget is for a few runs from some of them to an end.

#include "explore/Graph.h"
#include "explore/Outlook.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

#include <deque>
#include <random>
#include <tuple>

namespace taskleak {

namespace {

struct FingerprintInfo {
  static Fingerprint getEmptyKey() { return {~0ull, ~0ull}; }
  static Fingerprint getTombstoneKey() { return {~0ull, ~0ull - 1}; }
  static unsigned getHashValue(const Fingerprint &F) { return unsigned(F.Low); }
  static bool isEqual(const Fingerprint &A, const Fingerprint &B) { return A == B; }
};

/// Nobody is told of one that takes many guesses to get to.
bool isTold(const Graph &G, const StuckTask &S) {
  constexpr unsigned MostGuesses = 4; // Some turn out to be about one thing.
  unsigned Guesses = 0;
  for (uint32_t E : S.Path)
    Guesses += G.Edges[E].Assumptions;
  return Guesses <= MostGuesses;
}

class Search {
  const Scene &S;
  ExploreStats &Stats;
  Graph G;
  llvm::DenseMap<Fingerprint, StateId, FingerprintInfo> Known;
  std::deque<std::pair<StateId, World>> Open;
  std::vector<uint8_t> Assumed{0}; ///< On the way to each state.
  std::minstd_rand Random;         ///< The same in each run.
  bool Dives; ///< Breadth first has been given up.
  bool IsSound = true; ///< Memory is touched as it was taken to be.
  /// While it dives: states that are known already and that a step has led to.
  std::vector<std::pair<StateId, World>> Again;
  llvm::DenseSet<StateId> Ends; ///< Where dives have come to.

public:
  Search(const Scene &S, ExploreStats &Stats, bool Dives) : S(S), Stats(Stats), Dives(Dives) {}

  bool dives() const { return Dives; }

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
    while (!Open.empty() && !Dives) {
      auto [Id, W] = std::move(Open.front());
      Open.pop_front();
      expand(Id, W);
      if (S.D.changed())
        return false;
      Dives = isOver() || Of.isHopeless(Stats.cost(), Open.size(), G.size());
    }
    if (!Dives)
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
  void begin() {
    World W = firstWorld(S);
    Fingerprint Print = canonicalize(S.P, W).Print;
    add(Print, std::move(W), 0);
  }

  /// What has not been looked at is known no more.
  void leaveOpen() {
    for (const auto &[Left, Unseen] : Open)
      G.Open.push_back(Left);
  }

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

  /// Takes one of \p States, from \p First on.
  template <class Container>
  std::pair<StateId, World> takeAny(Container &States, size_t First = 0) {
    size_t Which = First + Random() % (States.size() - First);
    std::swap(States[Which], States.back());
    auto Taken = std::move(States.back());
    States.pop_back();
    return Taken;
  }

  /// Goes on from some state to an end, by a step of some task at a time. True if nobody can
  /// take one there, and no dive had come there before.
  bool dive() {
    constexpr unsigned Longest = 1000, MostAssumed = 16, MostAgain = 50;
    auto [Id, W] = takeAny(Open);
    unsigned InARow = 0; // Known ones: it may go round in circles.
    for (unsigned Steps = 0; Steps < Longest && !isOver() && Assumed[Id] <= MostAssumed; ++Steps) {
      size_t First = Open.size();
      Again.clear();
      if (!stepAny(Id, W)) {
        if (!Ends.insert(Id).second)
          return false;
        recordBlocked(Id, W);
        return true;
      }
      G.Open.push_back(Id); // What the others would do there is not known.
      IsSound = !S.D.changed();
      InARow = Open.size() == First ? InARow + 1 : 0;
      if (!IsSound || InARow > MostAgain || (InARow > 0 && Again.empty()))
        return false;
      std::tie(Id, W) = InARow > 0 ? takeAny(Again) : takeAny(Open, First);
    }
    G.Open.push_back(Id);
    return false;
  }

  /// A step of some task, in all its outcomes. False if none can take one.
  bool stepAny(StateId Id, const World &W) {
    FirstStep First = stepFirst(Id, W);
    if (First.IsAll)
      return true;
    llvm::SmallVector<unsigned, 8> Ready;
    for (unsigned T = 0; T < W.Tasks.size(); ++T)
      if (T != First.Task && readiness(S.P, W, T) != Readiness::Blocked)
        Ready.push_back(T);
    if (!Ready.empty())
      step(Id, W, Ready[Random() % Ready.size()]);
    return !Ready.empty() || First.Task != NoId;
  }

  StateId add(Fingerprint Print, World W, unsigned Assumptions) {
    StateId Id = StateId(G.size());
    Known[Print] = Id;
    G.Prints.push_back(Print);
    G.Tasks.push_back(uint8_t(W.Tasks.size()));
    Assumed.push_back(uint8_t(std::min(Assumptions, 255u)));
    Open.push_back({Id, std::move(W)});
    return Id;
  }

  /// Who takes a step while the others stand still, and where it led.
  struct FirstStep {
    unsigned Task = NoId;
    bool IsAll = false; ///< What the others do meanwhile makes no difference.
  };

  FirstStep stepFirst(StateId Id, const World &W) {
    for (unsigned T = 0; S.Limits.Reduce && T < W.Tasks.size(); ++T) {
      if (!goesFirst(S, W, T))
        continue;
      // That others wait must not keep them waiting for ever: a step that leads
      // nowhere new does not go first. Where it ends the process, nothing is waited for.
      Led To = step(Id, W, T);
      return {T, To.HasNew || To.OnlyElsewhere};
    }
    return {};
  }

  void expand(StateId Id, const World &W) {
    FirstStep First = stepFirst(Id, W);
    if (First.IsAll)
      return;
    for (unsigned T = 0; T < W.Tasks.size(); ++T)
      if (T != First.Task && readiness(S.P, W, T) != Readiness::Blocked)
        step(Id, W, T);
    recordBlocked(Id, W);
  }

  void recordBlocked(StateId Id, const World &W) {
    for (unsigned T = 0; T < W.Tasks.size(); ++T) {
      if (auto I = idlingTask(S, W, T)) {
        I->In = Id;
        G.Idling.push_back(*I);
      }
      if (auto B = blockedTask(S, W, T)) {
        B->In = Id;
        G.Blocked.push_back(*B);
      }
    }
  }

  /// The task itself, or the one whose select it is a case of.
  static unsigned whoSelects(const World &W, unsigned Task) {
    while (W.Tasks[Task]->Parent != NoObject)
      Task = W.taskOf(W.Tasks[Task]->Parent);
    return Task;
  }

  /// Where the outcomes of a step lead.
  struct Led {
    bool HasNew = false, OnlyElsewhere = true;
  };

  Led step(StateId Id, const World &W, unsigned Task) {
    Led Out;
    unsigned For = whoSelects(W, Task);
    forEachSuccessor(S, W, Task, /*Release=*/false, [&](Successor &To) {
      ++Stats.Steps;
      Stats.Work += To.Work;
      Edge E{Id,      Elsewhere, To.Map, uint8_t(Task), uint8_t(std::min(To.Assumptions, 255u)),
             To.Flipped, To.Hung, To.Moved, uint8_t(For), To.By};
      if (For != Task && E.By.Wait != NoId)
        E.By.Wait = View(S.P, W, For).C.Site;
      if (To.How == Ending::Runs && To.Map[Task] == TaskMap::Gone)
        G.Over.insert(W.Tasks[Task]->Stack.front()->F);
      if (To.How == Ending::Runs) {
        auto At = Known.find(To.Print);
        if (Dives && At != Known.end())
          Again.push_back({At->second, std::move(To.Next)});
        Out.HasNew |= At == Known.end();
        Out.OnlyElsewhere = false;
        E.To = At != Known.end() ? At->second
                                 : add(To.Print, std::move(To.Next),
                                       Assumed[Id] + To.Assumptions + (To.Flipped ? 99 : 0));
      } else if (To.How == Ending::Truncated && Stats.OverWhat.empty()) {
        Stats.OverBudget = true;
        Stats.OverWhat = To.Bound.str();
      }
      if (To.LateUse != NoId && E.To != Elsewhere)
        G.Late.push_back({uint32_t(G.Edges.size()), To.LateUse});
      G.Edges.push_back(E);
      return true;
    });
    return Out;
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
