// The trails of a finding as lines that a test can compare.

#include "Analyzed.h"

#include <map>

namespace taskleak {

std::vector<std::string> walked(const Finding &F) {
  std::map<unsigned, std::string> Steps;
  for (const Trail &T : F.Trails)
    for (const TrailStep &Step : T.Steps)
      Steps[Step.Order] = T.Task + ": " + std::to_string(Step.Order) + " " + Step.Message;
  std::vector<std::string> Out;
  for (auto &[Order, Text] : Steps)
    Out.push_back(Text);
  return Out;
}

} // namespace taskleak
