// The best path from the first state to each other: with fewest assumptions, then with
// fewest that hang, then the shortest.

#pragma once

#include "explore/Graph.h"

namespace taskleak {

/// What a path costs, dearest first.
struct Cost {
  uint32_t Unbelievable = 0, Assumptions = 0, Hung = 0, Steps = 0;
  friend auto operator<=>(const Cost &, const Cost &) = default;

  Cost after(const Edge &E) const {
    return {Unbelievable + E.Flipped, Assumptions + E.Assumptions, Hung + E.Hung, Steps + 1};
  }
  bool isPossible() const { return Steps != NoId && Unbelievable == 0; }
};

struct Paths {
  std::vector<Cost> To;
  std::vector<uint32_t> Last; ///< The edge that a state's path ends with.

  explicit Paths(const Graph &G);

  /// The edges from the first state to \p S.
  std::vector<uint32_t> path(const Graph &G, StateId S) const;
};

} // namespace taskleak
