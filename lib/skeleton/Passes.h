// The steps of `simplify`. Each says whether it has changed anything.

#pragma once

#include "skeleton/CallGraph.h"

namespace taskleak {

/// Removes pure operations nobody reads, and objects that are only written.
bool dropDeadValues(Function &F);

/// Removes stores of numbers to fields on which nothing in the unit hangs.
bool dropFaintFields(Unit &U);

/// Turns branches that cannot matter into jumps: on constants, around nothing,
/// into loops of nothing.
bool dropEmptyRegions(Function &F);

/// Threads jumps, merges straight-line blocks, removes unreachable ones.
bool tidyBlocks(Function &F);

/// How often each slot is written and read, and by which instruction.
struct SlotUses {
  std::vector<unsigned> Writes, Reads;
  explicit SlotUses(const Function &F);
};

/// Can an exception come out of it, as far as the instruction alone tells?
bool mayRaise(const Instruction &I);

/// Which functions do nothing that anybody can notice. Filled bottom-up.
class SilentCalls {
  enum class Effect : uint8_t { Unknown, Silent, MayThrow };
  std::vector<Effect> Effects;
  std::vector<bool> YieldsNothing; ///< It returns nothing, or an unknown value.

  Effect effect(const Unit &U, const Function &F) const;

public:
  explicit SilentCalls(const Unit &U)
      : Effects(U.Functions.size(), Effect::Unknown), YieldsNothing(U.Functions.size()) {}

  /// Removes or replaces the calls of such functions in \p F.
  bool replaceIn(const Unit &U, Function &F) const;
  /// \p F is as simple as it gets: remembers what it does.
  void learn(const Unit &U, FunctionId F);
};

} // namespace taskleak
