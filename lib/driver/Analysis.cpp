// One analysis of one translation unit, from its AST to its findings.

#include "driver/Analysis.h"

#include "driver/Pipeline.h"
#include "driver/Stopwatch.h"
#include "skeleton/Simplify.h"

#include "clang/AST/ASTContext.h"

#include <algorithm>

namespace taskleak {

unsigned statesFor(size_t Size, size_t Instructions) {
  constexpr size_t Small = 1200, ForEachMegabyte = 130, InstructionsForEach = 2, Least = 400;
  size_t Worth = std::max(Small, ForEachMegabyte * Size / 1'000'000);
  size_t Spent = Instructions / InstructionsForEach;
  return unsigned(std::max(Least, Worth - std::min(Worth, Spent)));
}

static size_t instructions(const Unit &U) {
  size_t Count = 0;
  for (const Function &F : U.Functions)
    for (const Block &B : F.Blocks)
      Count += B.Body.size();
  return Count;
}

UnitResult analyze(clang::ASTContext &Context, const AnalysisOptions &Options,
                   std::function<void(clang::Decl &)> Instantiate) {
  UnitResult Result;
  Result.Stats.Size = Context.getASTAllocatedMemory();
  double Instantiated = 0; // Which a compiler that had parsed all bodies would have done.
  Lowered Low;
  {
    Stopwatch Watch(Result.Stats.Lower);
    LowerOptions How;
    if (Instantiate)
      How.Instantiate = [&](clang::Decl &D) {
        Stopwatch Watch(Instantiated);
        Instantiate(D);
      };
    How.Everything = false;
    Low = lower(Context, Options.rows(), How);
  }
  Result.Stats.Lower -= Instantiated;
  Result.Problems = std::move(Low.Problems);
  if (Low.OverBudget)
    Result.Silences.push_back({{}, "the unit is not judged: it has too many functions"});
  if (Low.Skipped || Low.OverBudget) {
    Result.Files = Low.Skeletons.Files;
    return Result;
  }
  AnalysisOptions Own = Options;
  Own.UnitStates = Options.UnitStates.value_or(
      statesFor(Result.Stats.Size, instructions(Low.Skeletons)));
  {
    Stopwatch Watch(Result.Stats.Lower);
    simplify(Low.Skeletons);
  }
  judge(Low.Skeletons, Own, Result);
  return Result;
}

} // namespace taskleak
