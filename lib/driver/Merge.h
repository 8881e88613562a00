// The findings of many units as one report: a header's findings are told once,
// however many units include it.

#pragma once

#include "driver/UnitRun.h"
#include "report/Report.h"

#include "llvm/ADT/ArrayRef.h"

namespace taskleak {

/// Of units that say the same check at the same place, the surest is kept, then
/// the first. Depends on the outcomes and their order alone.
Report merge(llvm::ArrayRef<UnitOutcome> Outcomes);

} // namespace taskleak
