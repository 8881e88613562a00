// Skeleton text in, findings out.

#include "Analyzed.h"

namespace taskleak {

Findings analyzed(const char *Text, const AnalysisOptions &Options) {
  UnitResult Result = analyzeSkeletons(parsed(Text), Options);
  for (const Silence &Why : Result.Silences)
    ADD_FAILURE() << Why.Text;
  return Result.Found;
}

std::vector<std::string> told(const char *Text) { return told(analyzed(Text)); }

} // namespace taskleak
