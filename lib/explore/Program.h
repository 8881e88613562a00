// A unit made ready to run: texts numbered, large numbers made small, and each
// function decoded when a task first enters it.

#pragma once

#include "explore/Callbacks.h"
#include "explore/Code.h"
#include "skeleton/Skeleton.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"

#include <map>
#include <memory>
#include <vector>

namespace taskleak {

/// What is computed is no larger, or is not followed: a loop may count for ever.
constexpr int64_t LargestSmall = 64, LargestAsItIs = 1000000;

/// Whether the scenario's large numbers are mapped to small ones.
enum class Numbers { Small, AsTheyAre };

/// What a program's main is given.
enum class Arguments { None, Any };

/// What stands for the large numbers: an injective map that preserves their order, and that of the
/// sums of two to a third where `KeepSums`.
struct SmallNumbers {
  std::map<int64_t, int64_t> Of;
  bool AreSmaller = false; ///< Some of them are: a loop has fewer rounds.
  bool KeepSums = true;    ///< With many numbers there may be no such map that is worth it.
};

/// For the numbers that \p Functions compute with.
SmallNumbers compressNumbers(const Unit &U, const std::vector<FunctionId> &Functions);

class Program {
public:
  Program(const Unit &U, FunctionId Entry, bool OwnsGlobals, Numbers Written,
          Arguments Given = Arguments::Any);

  const Unit &U;
  FunctionId Entry;
  bool OwnsGlobals;
  bool HasNoArguments;     ///< Main is run without arguments.
  Callbacks Callable;      ///< What comes of functions that are given to code out of sight.
  bool Interrupts = false; ///< Some code reached from the entry interrupts those who wait now.
  bool TriesLocks = false; ///< Some lock operation finds out that a lock is held.
  /// What operations find out about counters: that one is too small; that one is zero; or
  /// also that it is not, and they do not wait.
  bool AcquiresCounters = false, AwaitsCounters = false, TriesCounters = false;
  /// Some operation finds out whether another task waits at a channel.
  bool TriesChannels = false;
  /// Some operation can tell whether a cancel has been requested.
  bool HearsCancels = false;
  /// Some call's value comes from out of sight.
  bool AsksOutside = false;
  llvm::DenseSet<TextId> LeadToWhole; ///< Fields from which some code steps to their record.
  /// Any string that is compared with nothing that is written in the code.
  TextId SomeText = 0;

  /// How its numbers are written.
  SmallNumbers Small;
  /// Because of how they are written, the result of some computation is not known.
  mutable bool LosesNumbers = false;

  /// The function decoded; null if its body is out of sight or it does not exist.
  const CodeFunction *function(FunctionId F) const {
    if (F >= Functions.size() || Functions[F] == &OutOfSight)
      return nullptr;
    return Functions[F] ? Functions[F] : decode(F);
  }
  /// Some task has entered it.
  bool wasEntered(FunctionId F) const { return Functions[F] && Functions[F] != &OutOfSight; }
  const Code *code(const InstructionRef &Ref) const;
  /// An instruction of a function that has been decoded, by its number.
  InstructionRef site(uint32_t Number) const { return Sites[Number]; }
  bool hasSite(uint32_t Number) const { return Number < Sites.size(); }
  llvm::StringRef text(TextId T) const { return Texts[T]; }
  /// The string that stands for \p T, which is not empty: itself, if it makes a difference which.
  TextId kept(TextId T) const;
  /// A text's number; the empty text is 0.
  TextId intern(llvm::StringRef Text) const;
  /// The function that a record type runs for a virtual call.
  FunctionId method(TextId Type, llvm::StringRef Key) const;
  /// An overrider in sight, and a type of object that has it.
  struct Override {
    TextId Type;
    FunctionId F;
  };
  /// Those that a virtual call with this text may run; none if they are too many.
  llvm::ArrayRef<Override> overriders(TextId Callee) const {
    auto Known = Overriders.find(Callee);
    return Known == Overriders.end() ? llvm::ArrayRef<Override>() : llvm::ArrayRef(Known->second);
  }
  /// Whether a task that runs \p Root is a watchdog.
  bool isWatchdog(FunctionId Root) const;
  bool isEmbedded(TextId Type, TextId Field) const;
  /// An integer of the unit as the scenario computes with it.
  int64_t number(int64_t N) const;
  /// What is computed is no larger than this, or is not followed.
  bool isFollowed(int64_t N) const { return std::abs(N) <= Largest; }
  /// Whether \p Image compares with the others as \p N does in fact.
  bool standsFor(int64_t Image, int64_t N) const;
  /// Whether \p N, which stands for itself, comes before and after the others as it does in fact.
  bool keepsOrder(int64_t N) const;
  /// The number of the unit that stands for \p N.
  int64_t original(int64_t N) const;
  /// Its initializer runs before the scenario begins; the others are the outside's.
  bool isMade(uint32_t Global) const {
    const taskleak::Global &G = U.Globals[Global];
    return G.Constant || (OwnsGlobals && (!U.Functions[Entry].Driver || G.InternalOnly));
  }
  uint32_t MadeGlobals = 0; ///< No later one than this is made.
  /// All functions that can run, in order.
  const std::vector<FunctionId> &reachable() const { return Reachable; }

private:
  static const CodeFunction OutOfSight;
  int64_t Largest;
  /// By number; null: not asked for so far.
  mutable std::vector<const CodeFunction *> Functions;
  mutable std::vector<std::unique_ptr<const CodeFunction>> Decoded;
  mutable std::vector<InstructionRef> Sites;
  mutable llvm::StringMap<TextId> TextIds;
  mutable std::vector<llvm::StringRef> Texts; ///< Keys of `TextIds`.
  mutable llvm::DenseMap<TextId, std::vector<Override>> Overriders; ///< By a call's text.
  mutable llvm::DenseMap<TextId, const RecordType *> Records; ///< Those that were asked for.
  mutable llvm::DenseMap<FunctionId, bool> Watchdogs; ///< Those that were asked for.
  std::vector<FunctionId> Reachable;
  llvm::DenseSet<TextId> Compared; ///< Strings that others are compared with.
  bool ComparesAny = false;        ///< Strings are compared that come from anywhere.
  bool MakesTexts = false, ComparesTexts = false, MeasuresTexts = false;

  const RecordType *record(TextId Type) const;
  void findReachable();
  void notice(const Instruction &I);
  void noticeTexts(const Function &F);
  const CodeFunction *decode(FunctionId F) const;
  Code decode(const Instruction &I, CodeFunction &Into) const;
  Arg decode(const Operand &O) const;
  void noteOverriders(const Instruction &I) const;
};

} // namespace taskleak
