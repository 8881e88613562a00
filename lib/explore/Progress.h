// How far a step has come, and where it can be taken up again to go another way.
//   if (unknown()) ... else ...   what comes before is run once for both

#pragma once

#include "explore/Round.h"
#include "explore/World.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace taskleak {

/// How a step left the scenario.
enum class Ending : uint8_t {
  Runs,
  Over,      ///< The process ended, or the path does not exist.
  GivenUp,   ///< Main has ended the process, because of what it has guessed or waited for too long.
  Endless,   ///< A queue has grown so long that what comes after is only more of the same.
  Truncated, ///< A bound was hit; what comes after is unknown.
};

/// What is guessed at one place, and which way.
struct Guess {
  uint32_t Site;
  uint8_t Answer;
  friend bool operator==(Guess, Guess) = default;
};
using Guesses = llvm::SmallVector<Guess, 2>;

struct Progress {
  Guesses Made;             ///< Decisions about unknown values and callees.
  bool Flipped = false;     ///< A decision was taken back: only the outside can do that.
  bool Hung = false;        ///< The outside did not answer.
  bool Moved = false;       ///< The task did more than begin to wait.
  unsigned Steps = 0;       ///< Instructions that were run.
  Round By;
  uint32_t LateUse = NoId;  ///< Where a task that nobody waits for used what is gone.
  llvm::StringRef Bound;    ///< If truncated: which.

protected:
  ObjectId Self = NoObject;
  Ending State = Ending::Runs;
  bool Stop = false;      ///< The step ends here.
  bool Ended = false;     ///< The task has ended.
  unsigned Picked = 0;    ///< The last choice.
  bool Undecided = false; ///< A choice was made since the step began.
  bool Updating = false;  ///< Between an atomic's read and its write.
  bool MayCommit = false; ///< The step takes a lock first.
  bool Committed = false; ///< Others can tell that it was taken.
  ObjectId Strand = NoObject; ///< That the step runs on.
  unsigned Rounds = 0;    ///< How often it came to a loop's head.
};

/// Before an instruction that chooses.
struct Fork {
  size_t Made; ///< Choices so far.
  World At;
  Progress Then;
};
using Forks = llvm::SmallVector<Fork, 4>;

} // namespace taskleak
