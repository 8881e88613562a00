// All units of a run, several at a time. Each has a thread, a compiler and an AST
// of its own; one that crashes takes nothing else down.

#pragma once

#include "driver/UnitCommands.h"
#include "driver/UnitRun.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <vector>

namespace taskleak {

/// Called before a unit begins, never by two threads at once: its file, its
/// number from 1, and how many there are.
using ProgressCall = llvm::function_ref<void(llvm::StringRef File, size_t Number, size_t Total)>;

/// The outcomes in the order of \p Commands, whatever \p Jobs is. 0 jobs: one for
/// each core.
std::vector<UnitOutcome> runAll(const UnitCommands &Commands, const RunOptions &Options,
                                unsigned Jobs, ProgressCall Progress);

} // namespace taskleak
