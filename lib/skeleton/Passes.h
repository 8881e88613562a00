// The steps of `simplify`. Each says whether it has changed anything.

#pragma once

#include "skeleton/CallGraph.h"

#include "llvm/ADT/StringSet.h"

namespace taskleak {

/// Removes pure operations nobody reads.
bool dropDeadValues(Function &F);

/// Removes stores of numbers to fields on which nothing in the unit hangs. Says for each
/// function whether it did.
std::vector<bool> dropFaintFields(Unit &U);

/// Forgets the numbers in containers that are members, where nothing in the unit looks at one.
/// Says for each function whether it did.
std::vector<bool> dropFaintElements(Unit &U);

/// Passes nothing where a function is given what it does not read. Says for each
/// function whether it did.
std::vector<bool> dropUnreadArguments(Unit &U);

/// Takes the number of looks that a loop has which sleeps between them to be a time-out. Says for
/// each function whether it did.
std::vector<bool> dropPollCounts(Unit &U);

/// Takes what is loaded from members that are never known to be unknown. Says for each function
/// whether it did.
std::vector<bool> dropUnknownFields(Unit &U);

/// Returns nothing where a function's result is a number that is not read. Says for each function whether it did.
std::vector<bool> dropUnreadResults(Unit &U);

/// Turns branches that cannot matter into jumps: on constants, around nothing,
/// into loops of nothing. What a loop has mixed together of data becomes unknown.
bool dropEmptyRegions(Function &F);

/// Removes writes to memory of one frame that nobody reads, and lets calls out of sight
/// keep what no task can wait for.
bool dropIdleMemory(Function &F);

/// Turns boxes that only their own frame uses into slots.
bool dropPrivateCells(Function &F);

/// Turns branches into jumps of which one side does nothing but end the process.
bool dropDeadEnds(Function &F);

/// Threads jumps, merges straight-line blocks, removes unreachable ones.
bool tidyBlocks(Function &F);

/// Numbers the slots anew that something is done with.
void dropUnusedSlots(Function &F);

/// Makes the branch that \p B ends with a jump.
void becomeJump(Block &B, BlockId To);

/// How often each slot is written and read, and by which instruction.
struct SlotUses {
  std::vector<unsigned> Writes, Reads;
  explicit SlotUses(const Function &F);
};

/// By slot: whether all that it ever holds are numbers or unknown, never objects. \p Fields: those
/// of which that is known.
std::vector<bool> numberSlots(const Function &F, const llvm::StringSet<> &Fields);
std::vector<bool> numberSlots(const Function &F);
/// The fields of which the same is true.
llvm::StringSet<> numberFields(const Unit &U);
bool isNumber(const Operand &O, const std::vector<bool> &IsNumber);

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
