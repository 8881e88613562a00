// Which blocked tasks can never move again, and the best way to show it.

#include "explore/Paths.h"
#include "explore/StuckTasks.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace taskleak {

llvm::ArrayRef<GuessOn> Graph::guesses(uint32_t Edge) const {
  auto IsBefore = [](const GuessOn &On, uint32_t E) { return On.Edge < E; };
  auto First = std::lower_bound(Guessed.begin(), Guessed.end(), Edge, IsBefore);
  auto Last = std::lower_bound(First, Guessed.end(), Edge + 1, IsBefore);
  return llvm::ArrayRef(Guessed).slice(size_t(First - Guessed.begin()), size_t(Last - First));
}

std::vector<std::vector<uint32_t>> edges(const Graph &G, StateId Edge::*By) {
  std::vector<std::vector<uint32_t>> Of(G.size());
  for (uint32_t E = 0; E < G.Edges.size(); ++E)
    if (StateId S = G.Edges[E].*By; S != Elsewhere)
      Of[S].push_back(E);
  return Of;
}

std::vector<uint16_t> ahead(const Graph &G, std::vector<uint16_t> Seen) {
  std::vector<std::vector<uint32_t>> Into = edges(G, &Edge::To);
  std::vector<StateId> Work;
  for (StateId S = 1; S < G.size(); ++S)
    if (Seen[S])
      Work.push_back(S);
  while (!Work.empty()) {
    StateId To = Work.back();
    Work.pop_back();
    for (uint32_t E : Into[To]) {
      const Edge &Step = G.Edges[E];
      uint16_t Before = Seen[Step.From];
      for (unsigned T = 0; T < G.Tasks[Step.From]; ++T)
        if (Step.Map[T] != TaskMap::Gone && Seen[To] >> Step.Map[T] & 1)
          Seen[Step.From] |= uint16_t(1u << T);
      if (Seen[Step.From] != Before)
        Work.push_back(Step.From);
    }
  }
  return Seen;
}

uint16_t endsIn(const Graph &G, const Edge &Step) {
  // Where the process ends, nothing is waited for any more.
  if (Step.To == Elsewhere)
    return 0xffff;
  uint16_t Gone = 0;
  for (unsigned T = 0; T < G.Tasks[Step.From]; ++T)
    if (Step.Map[T] == TaskMap::Gone)
      Gone |= uint16_t(1u << T);
  return Gone;
}

static std::vector<uint16_t> movable(const Graph &G,
                                     llvm::function_ref<uint16_t(const Edge &)> LetsGo) {
  std::vector<uint16_t> Now(G.size());
  for (const Edge &Step : G.Edges)
    Now[Step.From] |= uint16_t(LetsGo(Step) | Step.Moved << Step.Task);
  for (const FreeCoroutine &C : G.Free)
    Now[C.In] |= uint16_t(1u << C.Task);
  for (const OpenState &S : G.Open)
    Now[S.Id] = uint16_t(~S.Never);
  return ahead(G, std::move(Now));
}

std::vector<uint16_t> movable(const Graph &G) {
  return movable(G, [&](const Edge &Step) { return endsIn(G, Step); });
}

std::vector<uint16_t> movableWhileGrowing(const Graph &G) {
  return movable(G, [&](const Edge &Step) -> uint16_t {
    return Step.By.Grows ? 0 : endsIn(G, Step);
  });
}

std::vector<uint16_t> movableUnlessGivenUp(const Graph &G) {
  return movable(G, [&](const Edge &Step) { return Step.GivesUp ? Step.GoOn : endsIn(G, Step); });
}

bool isStuck(const BlockedTask &B, uint16_t Can) {
  if (B.IsHung || B.IsCase || Can >> B.Task & 1)
    return false;
  // A task that runs for ever by design may be waited for.
  if (B.ForEach)
    return (B.WaitsFor & ~Can & ~B.Hanging) != 0;
  return (B.WaitsFor & Can) == 0;
}

uint16_t endless(const BlockedTask &B, uint16_t Can) {
  bool IsBlocked = !B.IsHung && !B.IsCase && !(Can >> B.Task & 1);
  return IsBlocked ? uint16_t(B.WaitsFor & Can) : uint16_t(0);
}

std::vector<StuckTask> stuckTasks(const Graph &G) {
  // Who was stuck before main had anything to give up for was not let down by that.
  auto GivesUp = [](const Edge &Step) { return Step.GivesUp; };
  std::vector<uint16_t> Can = movable(G);
  std::vector<uint16_t> CanSurely = llvm::any_of(G.Edges, GivesUp) ? movableUnlessGivenUp(G) : Can;
  auto Movers = [&](const BlockedTask &B) { return (B.IsSure ? CanSurely : Can)[B.In]; };
  auto IsHeldUp = [&](const BlockedTask &B) { return isStuck(B, Movers(B)) || endless(B, Movers(B)); };
  if (llvm::none_of(G.Blocked, IsHeldUp))
    return {};
  Paths From(G);
  using Rank = std::tuple<uint32_t, uint32_t, uint32_t, bool, uint32_t, bool>;
  using Place = std::tuple<uint32_t, ObjectKind, uint16_t>;
  using Ranked = std::pair<Rank, const BlockedTask *>; // Of equals the one that was found first.
  std::map<std::pair<Place, uint64_t>, Ranked> Best;
  // Where all stand still, those that hold others up can be seen where they wait.
  std::vector<uint8_t> Standing(G.size());
  for (const BlockedTask &B : G.Blocked)
    ++Standing[B.In];
  for (const BlockedTask &B : G.Blocked) {
    bool IsStuck = isStuck(B, Movers(B));
    uint16_t Endless = IsStuck ? uint16_t(0) : endless(B, Movers(B));
    if (!IsStuck && !Endless)
      continue;
    const Cost &C = From.To[B.In];
    if (!C.isPossible())
      continue;
    bool Goes = Movers(B) != 0 || Standing[B.In] < G.Tasks[B.In];
    // Of two that join at one place, who waits for its own end is the one to tell of.
    bool ForOther = (B.WaitsFor >> B.Task & 1) == 0;
    Rank Now{C.Unbelievable, C.Assumptions, C.Hung, Goes, C.Steps, ForOther};
    auto [At, New] = Best.try_emplace({{B.Site, B.Kind, Endless}, B.Callers}, Now, &B);
    if (!New && Now < At->second.first)
      At->second = {Now, &B};
  }
  std::vector<std::pair<Place, Ranked>> InOrder;
  for (const auto &[Of, Found] : Best)
    InOrder.push_back({Of.first, Found});
  llvm::sort(InOrder);
  std::vector<StuckTask> Out;
  for (const auto &[At, Found] : InOrder)
    Out.push_back({*Found.second, From.path(G, Found.second->In), std::get<2>(At), {}});
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
