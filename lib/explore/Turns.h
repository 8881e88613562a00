// Who runs next on a strand whose ready tasks run in the order in which they
// became ready:
//   fiber a(f), b(g);   // f before g, and this task behind both
//   a.join();

#pragma once

#include "explore/View.h"

namespace taskleak {

/// Whether it is the turn of another task of its strand.
bool isOthersTurn(const View &V);

/// The order on one strand, which a step changes that runs on it.
class Turns {
  const Program &P;
  World &W;
  ObjectId Strand;

public:
  Turns(const Program &P, World &W, ObjectId Strand) : P(P), W(W), Strand(Strand) {}

  /// \p Task has the strand now.
  void take(unsigned Task);
  /// Tasks that become ready by this step go behind those that are, in any order.
  void give(llvm::ArrayRef<unsigned> Tasks);
  /// The same for all that are ready and have no turn yet.
  void giveReady();
  /// \p Task stays ready, or becomes so when nobody knows, behind all others.
  void goLast(unsigned Task, bool Loosely);

private:
  void closeRanks();
};

} // namespace taskleak
