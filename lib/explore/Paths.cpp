// Dijkstra's algorithm over the graph of states.

#include "explore/Paths.h"

#include <queue>

namespace taskleak {

Paths::Paths(const Graph &G) : To(G.size(), {NoId, NoId, NoId, NoId}), Last(G.size(), NoId) {
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

std::vector<uint32_t> Paths::path(const Graph &G, StateId S) const {
  std::vector<uint32_t> Out;
  for (; Last[S] != NoId; S = G.Edges[Last[S]].From)
    Out.push_back(Last[S]);
  return {Out.rbegin(), Out.rend()};
}

} // namespace taskleak
