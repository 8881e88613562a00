// Order and wording of trails.

#include "report/Schedule.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace taskleak {

std::vector<ScheduledStep> schedule(const Finding &F) {
  std::vector<ScheduledStep> Steps;
  for (const Trail &T : F.Trails)
    for (const TrailStep &S : T.Steps)
      Steps.push_back({&T, &S});
  llvm::sort(Steps, [](const ScheduledStep &A, const ScheduledStep &B) {
    return A.Step->Order < B.Step->Order;
  });
  return Steps;
}

std::string noteText(const ScheduledStep &S) {
  return "(" + utostr(S.Step->Order) + ") " + S.Task->Task + ": " + S.Step->Message;
}

std::string assumptionText(const Finding &F) {
  std::string Text;
  for (size_t I = 0; I < F.Assumptions.size(); ++I) {
    bool Last = I + 1 == F.Assumptions.size();
    Text += I == 0 ? "assuming " : Last ? " and " : ", ";
    Text += F.Assumptions[I];
  }
  return Text;
}

} // namespace taskleak
