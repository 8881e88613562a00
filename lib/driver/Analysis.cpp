// One analysis of one translation unit, from its AST to its findings.

#include "driver/Analysis.h"

#include "driver/Pipeline.h"
#include "driver/Stopwatch.h"
#include "skeleton/Simplify.h"

#include "clang/AST/ASTContext.h"

#include <algorithm>

namespace taskleak {

unsigned statesFor(size_t Size) {
  constexpr unsigned Least = 1200, ForEachMegabyte = 90;
  return std::max<size_t>(Least, ForEachMegabyte * Size / 1'000'000);
}

UnitResult analyze(clang::ASTContext &Context, const AnalysisOptions &Options,
                   std::function<void(clang::FunctionDecl &)> Instantiate) {
  UnitResult Result;
  Result.Stats.Size = Context.getASTAllocatedMemory();
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
  AnalysisOptions Own = Options;
  Own.UnitStates = Options.UnitStates.value_or(statesFor(Result.Stats.Size));
  judge(Low.Skeletons, Own, Result);
  return Result;
}

} // namespace taskleak
