// Where a run's time went and what the explorer did: a few lines for people, JSON
// for benchmarks.

#pragma once

#include "driver/UnitRun.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

namespace taskleak {

void printStats(llvm::ArrayRef<UnitOutcome> Outcomes, llvm::raw_ostream &OS);

/// One object with totals and a row for each unit, named relative to \p Base.
void writeStats(llvm::ArrayRef<UnitOutcome> Outcomes, llvm::StringRef Base,
                llvm::raw_ostream &OS);

} // namespace taskleak
