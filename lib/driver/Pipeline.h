// The stages behind `lower`, for one unit: explore its scenarios, take stock
// of what was not run, let the checks judge.

#pragma once

#include "driver/Analysis.h"

namespace taskleak {

/// Explores and judges; adds to \p Result. Adds the drivers that were needed to \p Skeletons.
void judge(Unit &Skeletons, const AnalysisOptions &Options, UnitResult &Result);

} // namespace taskleak
