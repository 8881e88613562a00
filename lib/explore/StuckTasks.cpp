// Which blocked tasks can never move again, and the best way to show it.

#include "explore/Graph.h"

#include <map>
#include <queue>

namespace taskleak {

std::vector<uint16_t> movable(const Graph &G) {
  std::vector<uint16_t> Can(G.size());
  std::vector<std::vector<uint32_t>> Into(G.size());
  std::vector<StateId> Work;
  for (uint32_t E = 0; E < G.Edges.size(); ++E) {
    const Edge &Step = G.Edges[E];
    if (Step.To != Elsewhere)
      Into[Step.To].push_back(E);
    // Where the process ends, nothing is waited for any more.
    uint16_t Now = Step.To == Elsewhere ? 0xffff : 0;
    if (Step.Moved)
      Now |= uint16_t(1u << Step.Task);
    for (unsigned T = 0; Step.To != Elsewhere && T < G.Tasks[Step.From]; ++T)
      if (Step.Map[T] == TaskMap::Gone)
        Now |= uint16_t(1u << T);
    Can[Step.From] |= Now;
  }
  for (StateId S = 1; S < G.size(); ++S)
    if (Can[S])
      Work.push_back(S);
  while (!Work.empty()) {
    StateId To = Work.back();
    Work.pop_back();
    for (uint32_t E : Into[To]) {
      const Edge &Step = G.Edges[E];
      uint16_t Before = Can[Step.From];
      for (unsigned T = 0; T < G.Tasks[Step.From]; ++T)
        if (Step.Map[T] != TaskMap::Gone && Can[To] >> Step.Map[T] & 1)
          Can[Step.From] |= uint16_t(1u << T);
      if (Can[Step.From] != Before)
        Work.push_back(Step.From);
    }
  }
  return Can;
}

namespace {

/// What a path costs, dearest first.
struct Cost {
  uint32_t Unbelievable = 0, Assumptions = 0, Hung = 0, Steps = 0;
  friend auto operator<=>(const Cost &, const Cost &) = default;

  Cost after(const Edge &E) const {
    return {Unbelievable + E.Flipped, Assumptions + E.Assumptions, Hung + E.Hung, Steps + 1};
  }
};

struct Paths {
  std::vector<Cost> To;
  std::vector<uint32_t> Last; ///< The edge that a state's path ends with.

  explicit Paths(const Graph &G) : To(G.size(), {NoId, NoId, NoId, NoId}), Last(G.size(), NoId) {
    std::vector<std::vector<uint32_t>> Out(G.size());
    for (uint32_t E = 0; E < G.Edges.size(); ++E)
      Out[G.Edges[E].From].push_back(E);
    using Entry = std::pair<Cost, StateId>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<Entry>> Open;
    if (G.size() < 2)
      return;
    To[1] = {};
    Open.push({To[1], 1});
    while (!Open.empty()) {
      auto [Now, S] = Open.top();
      Open.pop();
      if (To[S] < Now)
        continue;
      for (uint32_t E : Out[S]) {
        Cost Next = Now.after(G.Edges[E]);
        StateId T = G.Edges[E].To;
        if (T == Elsewhere || To[T] <= Next)
          continue;
        To[T] = Next;
        Last[T] = E;
        Open.push({Next, T});
      }
    }
  }

  std::vector<uint32_t> path(const Graph &G, StateId S) const {
    std::vector<uint32_t> Out;
    for (; Last[S] != NoId; S = G.Edges[Last[S]].From)
      Out.push_back(Last[S]);
    return {Out.rbegin(), Out.rend()};
  }
};

bool isStuck(const BlockedTask &B, uint16_t Can) {
  if (B.IsHung || B.IsCase || Can >> B.Task & 1)
    return false;
  // A task that runs for ever by design may be waited for.
  if (B.ForEach)
    return (B.WaitsFor & ~Can & ~B.Hanging) != 0;
  return (B.WaitsFor & Can) == 0;
}

/// The tasks whose end it waits for in vain, for they move for ever.
uint16_t endless(const BlockedTask &B, uint16_t Can) {
  bool IsBlocked = !B.IsHung && !B.IsCase && !(Can >> B.Task & 1);
  return IsBlocked ? uint16_t(B.WaitsFor & Can) : uint16_t(0);
}

} // namespace

std::vector<StuckTask> stuckTasks(const Graph &G) {
  std::vector<uint16_t> Can = movable(G);
  Paths From(G);
  using Rank = std::tuple<uint32_t, uint32_t, uint32_t, bool, uint32_t, bool>;
  std::map<std::tuple<uint32_t, ObjectKind, uint16_t>, std::pair<Rank, const BlockedTask *>> Best;
  // Where all stand still, those that hold others up can be seen where they wait.
  std::vector<uint8_t> Standing(G.size());
  for (const BlockedTask &B : G.Blocked)
    ++Standing[B.In];
  for (const BlockedTask &B : G.Blocked) {
    bool IsStuck = isStuck(B, Can[B.In]);
    uint16_t Endless = IsStuck ? uint16_t(0) : endless(B, Can[B.In]);
    if (!IsStuck && !Endless)
      continue;
    const Cost &C = From.To[B.In];
    if (C.Steps == NoId || C.Unbelievable > 0)
      continue;
    bool Goes = Can[B.In] != 0 || Standing[B.In] < G.Tasks[B.In];
    // Of two that join at one place, who waits for its own end is the one to tell of.
    bool ForOther = (B.WaitsFor >> B.Task & 1) == 0;
    Rank Now{C.Unbelievable, C.Assumptions, C.Hung, Goes, C.Steps, ForOther};
    auto [At, New] = Best.try_emplace({B.Site, B.Kind, Endless}, Now, &B);
    if (!New && Now < At->second.first)
      At->second = {Now, &B};
  }
  std::vector<StuckTask> Out;
  for (const auto &[Key, Found] : Best)
    Out.push_back({*Found.second, From.path(G, Found.second->In), std::get<2>(Key)});
  return Out;
}

std::vector<StuckTask> lateUses(const Graph &G) {
  if (G.Late.empty())
    return {};
  Paths From(G);
  std::map<uint32_t, std::pair<Cost, uint32_t>> Best;
  for (const LateUse &Use : G.Late) {
    const Edge &Last = G.Edges[Use.Edge];
    Cost Now = From.To[Last.From].after(Last);
    if (From.To[Last.From].Steps == NoId || Now.Unbelievable > 0)
      continue;
    auto [At, New] = Best.try_emplace(Use.Site, Now, Use.Edge);
    if (!New && Now < At->second.first)
      At->second = {Now, Use.Edge};
  }
  std::vector<StuckTask> Out;
  for (const auto &[Site, Found] : Best) {
    StuckTask Use;
    Use.Wait.Site = Site;
    Use.Path = From.path(G, G.Edges[Found.second].From);
    Use.Path.push_back(Found.second);
    Out.push_back(std::move(Use));
  }
  return Out;
}

} // namespace taskleak
