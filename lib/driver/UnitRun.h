// Compiles one unit as far as its AST and analyses it there.

#pragma once

#include "driver/Analysis.h"
#include "driver/Flags.h"
#include "driver/InferModel.h"
#include "report/FailedUnit.h"

#include "clang/Tooling/CompilationDatabase.h"

#include <optional>
#include <string>

namespace taskleak {

struct RunOptions {
  AnalysisOptions Analysis;
  FlagOptions Flags;
  bool Verify = false;       ///< Hold findings against expected-* comments.
  bool DumpSkeleton = false; ///< Print the skeletons instead of judging them.
  bool Infer = false;        ///< Propose model rows instead.
};

struct UnitOutcome {
  std::string File;     ///< Absolute.
  UnitResult Result;    ///< Its files are absolute.
  std::optional<FailedUnit> Failure; ///< Why there is no result.
  std::string Dump;     ///< The skeletons' text.
  InferredRows Rows;    ///< Those that were asked for.
  std::string Mismatch; ///< What --verify found to differ; empty if nothing.
  double Seconds = 0;   ///< Of its thread: all of it, the compiler's part included.
};

/// Analyses the unit that \p Command compiles. Shares nothing with other calls.
UnitOutcome runUnit(const clang::tooling::CompileCommand &Command, const RunOptions &Options);

} // namespace taskleak
