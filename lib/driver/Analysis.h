// One analysis of one translation unit: lower, flow, explore, checks. Every
// driver calls this once per unit; nothing is shared between units.

#pragma once

#include "explore/Explore.h"
#include "finding/Check.h"
#include "finding/Finding.h"
#include "lower/Lower.h"
#include "model/Model.h"

#include "llvm/ADT/StringSet.h"

#include <optional>
#include <string>
#include <vector>

namespace taskleak {

struct AnalysisOptions {
  const Model *Rows = nullptr;             ///< Null: the built-in one.
  const Model &rows() const { return Rows ? *Rows : Model::builtin(); }
  std::vector<std::string> Checks;         ///< Ids; empty: all.
  std::optional<Evidence> Least;           ///< Report from here up; empty: each check's own default.
  Budget Limits;                           ///< Of each scenario.
  /// The most states that all functions of the unit may cost together, and all its classes.
  /// With less to spend fewer findings are made, and no others: what is past the bounds
  /// is not judged by its form either. Empty: see statesFor.
  std::optional<unsigned> UnitStates;
  /// A function that has been run by a longer scenario with a finding is not run by itself.
  bool OneFindingFirst = false;

  /// Bounds for a unit that is judged anew while somebody types.
  void hurry() {
    Limits.States = 500;
    UnitStates = 1500;
    OneFindingFirst = true;
  }
};

/// Where the time went, in seconds of its thread, and what the explorer did. To instantiate a
/// template that the compiler left alone counts as compiling.
struct AnalysisStats {
  double Lower = 0, Flow = 0, Explore = 0;
  unsigned Functions = 0, Scenarios = 0, States = 0, OverBudget = 0;
  unsigned Size = 0; ///< Of the compiler's tree, in bytes.
};

/// How many states a unit is worth whose tree has \p Size bytes: the tree's size tells well
/// how long it took to compile, and does not vary from run to run. What it took to lower, by
/// the number of \p Instructions, is taken off.
unsigned statesFor(size_t Size, size_t Instructions);

struct Silence {          ///< Why something was not judged; for --explain-silence.
  Place At;
  std::string Text;
};

struct UnitResult {
  std::vector<std::string> Files; ///< What the places' file numbers mean.
  Findings Found;                 ///< Sorted by place, then check.
  AnalysisStats Stats;
  std::vector<Silence> Silences;
  std::vector<std::string> Problems; ///< With annotations, as "FILE:LINE: message".
};

/// \p Instantiate: see LowerOptions.
UnitResult analyze(clang::ASTContext &Context, const AnalysisOptions &Options,
                   std::function<void(clang::Decl &)> Instantiate = {});

/// The part behind `lower`; for tests on printed skeletons.
UnitResult analyzeSkeletons(const Unit &Skeletons, const AnalysisOptions &Options);

} // namespace taskleak
