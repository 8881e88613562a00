// One analysis of one translation unit, from its AST to its findings.

#include "driver/Analysis.h"

#include "driver/Pipeline.h"
#include "driver/Stopwatch.h"
#include "skeleton/Simplify.h"

#include "clang/Basic/SourceManager.h"

namespace taskleak {

UnitResult analyze(clang::ASTContext &Context, const AnalysisOptions &Options,
                   std::function<void(clang::FunctionDecl &)> Instantiate) {
  UnitResult Result;
  Result.Stats.Size = Context.getSourceManager().getNextLocalOffset();
  Lowered Low;
  {
    Stopwatch Watch(Result.Stats.Lower);
    LowerOptions How;
    How.Instantiate = std::move(Instantiate);
    Low = lower(Context, Options.rows(), How);
  }
  Result.Problems = std::move(Low.Problems);
  if (Low.OverBudget)
    Result.Silences.push_back({{}, "the unit is not judged: it has too many functions"});
  if (Low.Skipped || Low.OverBudget) {
    Result.Files = Low.Skeletons.Files;
    return Result;
  }
  {
    Stopwatch Watch(Result.Stats.Lower);
    simplify(Low.Skeletons);
  }
  judge(Low.Skeletons, Options, Result);
  return Result;
}

} // namespace taskleak
