// Breadth-first search over the steps of tasks.

#include "explore/Graph.h"

#include "llvm/ADT/STLExtras.h"

#include <deque>
#include <optional>

namespace taskleak {

namespace {

struct FingerprintInfo {
  static Fingerprint getEmptyKey() { return {~0ull, ~0ull}; }
  static Fingerprint getTombstoneKey() { return {~0ull, ~0ull - 1}; }
  static unsigned getHashValue(const Fingerprint &F) { return unsigned(F.Low); }
  static bool isEqual(const Fingerprint &A, const Fingerprint &B) { return A == B; }
};

/// Tells early that a search will not come to its end. In those that do, ever fewer of the
/// states that are known have still to be looked at.
class Outlook {
  static constexpr unsigned Judgeable = 300; ///< With a smaller limit there is little to go by.
  static constexpr unsigned Many = 35, Falling = 87;
  const unsigned Limit;
  std::optional<unsigned> Early, Later; ///< Per cent that were open at a sixth and at a third.

public:
  explicit Outlook(unsigned Limit) : Limit(Limit) {}

  bool isHopeless(unsigned Cost, size_t Open, size_t Known) {
    if (Limit < Judgeable || Later || Cost < Limit / 6)
      return false;
    unsigned Now = unsigned(Open * 100 / Known);
    if (!Early)
      Early = Now;
    if (Cost < Limit / 3)
      return false;
    Later = Now;
    return Now >= Many && Now * 100 >= *Early * Falling;
  }
};

class Search {
  const Scene &S;
  ExploreStats &Stats;
  Graph G;
  llvm::DenseMap<Fingerprint, StateId, FingerprintInfo> Known;
  std::deque<std::pair<StateId, World>> Open;

public:
  Search(const Scene &S, ExploreStats &Stats) : S(S), Stats(Stats) {}

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
    while (!Open.empty()) {
      auto [Id, W] = std::move(Open.front());
      Open.pop_front();
      expand(Id, W);
      if (S.D.changed())
        return false;
      Stats.States = unsigned(G.size() - 1);
      if (Stats.cost() > S.Limits.States ||
          Of.isHopeless(Stats.cost(), Open.size(), G.size())) {
        Stats.OverBudget = true;
        Stats.OverWhat = "states";
        for (const auto &[Left, Unseen] : Open)
          G.Open.push_back(Left);
        return true;
      }
    }
    return true;
  }

  Graph take() { return std::move(G); }

private:
  void begin() {
    World W = firstWorld(S);
    Fingerprint Print = canonicalize(S.P, W).Print;
    add(Print, std::move(W));
  }

  StateId add(Fingerprint Print, World W) {
    StateId Id = StateId(G.size());
    Known[Print] = Id;
    G.Prints.push_back(Print);
    G.Tasks.push_back(uint8_t(W.Tasks.size()));
    Open.push_back({Id, std::move(W)});
    return Id;
  }

  void expand(StateId Id, const World &W) {
    unsigned First = NoId;
    for (unsigned T = 0; S.Limits.Reduce && T < W.Tasks.size() && First == NoId; ++T)
      if (goesFirst(S, W, T))
        First = T;
    // That others wait must not keep them waiting for ever: a step that leads
    // nowhere new does not go first. Where it ends the process, nothing is waited for.
    if (First != NoId) {
      Led To = step(Id, W, First);
      if (To.HasNew || To.OnlyElsewhere)
        return;
    }
    for (unsigned T = 0; T < W.Tasks.size(); ++T)
      if (T != First && readiness(S.P, W, T) != Readiness::Blocked)
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
        Out.HasNew |= At == Known.end();
        Out.OnlyElsewhere = false;
        E.To = At != Known.end() ? At->second : add(To.Print, std::move(To.Next));
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
    Search Scout(S, Stats);
    if (Scout.scout(std::min(ScoutedStates, S.Limits.States / 4)))
      if (Graph G = Scout.take(); isHarmless(G))
        return G;
  }
  uint64_t Work = Stats.Work;
  while (true) {
    S.D.changed();
    Stats = {};
    Stats.Work = Work;
    Search Now(S, Stats);
    bool IsSound = Now.run();
    if (IsSound)
      return Now.take();
    Work = Stats.Work;
  }
}

} // namespace taskleak
