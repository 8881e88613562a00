// Backwards from the states where the task is stuck; see Unavoidable.h.

#include "explore/Unavoidable.h"

namespace taskleak {

Unavoidable::Unavoidable(const Graph &G)
    : G(G), Can(movable(G)), From(edges(G, &Edge::From)), Into(edges(G, &Edge::To)) {}

/// Some step without a guess leads to a lost state, or of some task all that take one.
bool Unavoidable::isLost(StateId S, const std::vector<bool> &Lost) const {
  uint16_t Guesses = 0, Escapes = 0; // A bit for each task.
  for (uint32_t E : From[S]) {
    const Edge &Step = G.Edges[E];
    bool IsLost = Step.To != Elsewhere && Lost[Step.To];
    if (Step.Assumptions == 0 && IsLost)
      return true;
    if (Step.Assumptions == 0)
      continue;
    Guesses |= uint16_t(1u << Step.Task);
    if (!IsLost)
      Escapes |= uint16_t(1u << Step.Task);
  }
  return (Guesses & ~Escapes) != 0;
}

bool Unavoidable::is(const StuckTask &Which) const {
  std::vector<bool> Lost(G.size());
  for (const BlockedTask &B : G.Blocked)
    if (B.Site == Which.Wait.Site && B.Kind == Which.Wait.Kind)
      Lost[B.In] = Lost[B.In] || isStuck(B, Can[B.In]) || endless(B, Can[B.In]);
  std::vector<StateId> Work;
  for (StateId S = 0; S < G.size(); ++S)
    if (Lost[S])
      Work.push_back(S);
  while (!Work.empty()) {
    StateId To = Work.back();
    Work.pop_back();
    for (uint32_t E : Into[To])
      if (StateId Before = G.Edges[E].From; !Lost[Before] && isLost(Before, Lost)) {
        Lost[Before] = true;
        Work.push_back(Before);
      }
  }
  constexpr StateId Begin = 1;
  return G.size() > Begin && Lost[Begin];
}

} // namespace taskleak
