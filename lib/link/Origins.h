// Where the objects that a function waits on come from: one of its parameters, what is
// static in its file, or made by itself and what it runs.
//   void drain(Queue &Q) { Q.pop(); }        waits on what its parameter leads to
//   void run() { Queue Q; drain(Q); }        waits on what it made itself

#pragma once

#include "skeleton/CallGraph.h"

namespace taskleak {

/// A variable that only the unit's own functions can name, and that can change.
bool isOwnGlobal(const Unit &U, const Operand &O);

/// A set of origins: one bit a parameter, and one each for "made here" and "static here".
struct Origins {
  static constexpr unsigned LastBit = 63;
  uint64_t Parameter = 0; ///< The last bit stands for all further ones.
  bool Made = false, Static = false;

  bool add(const Origins &Other);
};

/// What a caller has to know about a function.
struct OriginSummary {
  Origins WaitsOn; ///< The objects it waits on, or those it starts do.
  Origins Returns;
};

/// One summary for each function of \p U; of those that \p Roots cannot run it is empty.
std::vector<OriginSummary> originSummaries(const Unit &U, const CallGraph &G,
                                           const std::vector<bool> &Roots);

} // namespace taskleak
