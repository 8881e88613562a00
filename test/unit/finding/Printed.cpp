// Printed skeletons in, findings and their trails out as lines.

#include "Analyzed.h"

#include "skeleton/Text.h"

#include <map>

namespace taskleak {

Unit parsed(const char *Text) {
  llvm::Expected<Unit> U = parseUnit(Text);
  if (!U) {
    ADD_FAILURE() << llvm::toString(U.takeError());
    return {};
  }
  for (const std::string &Problem : verify(*U))
    ADD_FAILURE() << Problem;
  return *U;
}

std::vector<std::string> told(const Findings &Found) {
  std::vector<std::string> Out;
  for (const Finding &F : Found)
    Out.push_back(F.Check + ":" + std::to_string(F.At.Line) + " " + spelling(F.Sure) + ": " +
                  F.Message);
  return Out;
}

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
