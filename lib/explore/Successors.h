// The states that follow one state when one task takes a step.

#pragma once

#include "explore/Canonical.h"
#include "explore/Machine.h"

namespace taskleak {

/// What does not change while a scenario is searched.
struct Scene {
  const Program &P;
  Discipline &D;
  const Budget &Limits;
};

/// Where each task of the state before has gone: its new index, or `Gone`.
class TaskMap {
  uint64_t Bits = 0;

public:
  static constexpr unsigned Gone = 15;
  void set(unsigned From, unsigned To) { Bits |= uint64_t(To & 15) << (4 * From); }
  unsigned operator[](unsigned From) const { return Bits >> (4 * From) & 15; }
};

struct Successor {
  World Next;
  Ending How = Ending::Runs;
  Fingerprint Print;
  TaskMap Map;
  Guesses Made;
  bool Flipped = false, Hung = false, Moved = false;
  Round By;
  llvm::StringRef Bound;
  uint32_t LateUse = NoId;
  unsigned Work = 0; ///< What it took to find it: instructions run, words written.
  Record *Log = nullptr; ///< Object numbers in it are those of `Next` before garbage is freed.
};

/// Calls \p Visit with each outcome of a step of \p Task; stops when it says false.
/// With \p Release the task is let out of its wait, whoever should have done that.
/// With \p Log, each step is recorded there and \p Named is called before the
/// objects that it mentions can go.
void forEachSuccessor(const Scene &S, const World &W, unsigned Task, bool Release,
                      llvm::function_ref<bool(Successor &)> Visit, Record *Log = nullptr,
                      llvm::function_ref<void(const World &, Record &)> Named = nullptr);

/// The scenario's first state, canonical.
World firstWorld(const Scene &S);

/// Whether a step of this task can be taken before all others: none can tell.
bool goesFirst(const Scene &S, const World &W, unsigned Task);

} // namespace taskleak
