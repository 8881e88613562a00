// The way to a stuck task, run once more and written down.

#pragma once

#include "explore/StuckTasks.h"

#include <optional>

namespace taskleak {

/// A stuck task with its witness and the state that it ends in.
struct Witnessed {
  Stuck Report;
  World Last;
  unsigned Victim = 0;             ///< Index into `Last.Tasks`.
  std::vector<unsigned> TrailOf;   ///< For each of `Last.Tasks`: index into `Report.Tasks`.
  std::vector<Record::Storing> Stores; ///< To memory that is still there, in order.
};

/// Nothing if the path cannot be run again; that would be a fault of the search.
std::optional<Witnessed> witness(const Scene &S, const Graph &G, const StuckTask &Which);

/// The way to a late use; its victim is the task that does it.
std::optional<Stuck> witnessLate(const Scene &S, const Graph &G, const StuckTask &Which);

/// What the user calls an object: where it was made, else where it is kept.
std::string nameOf(const Program &P, const World &W, Value Object);

/// Where a task was detached or posted; invalid if somebody has to wait for it.
InstructionRef letGoAt(const Program &P, const World &W, const Task &T);

/// Fills `HeldUpBy`: the stuck and hanging tasks without whose wait the victim
/// would go on. False if that takes more than \p Left states; what it took is taken off.
bool findHolders(const Scene &S, Witnessed &Of, unsigned &Left);

} // namespace taskleak
