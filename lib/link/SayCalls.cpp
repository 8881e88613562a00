// A driver's calls in words, as an assumption: "`Pool::start` is called".

#include "link/Driver.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

static std::string spelled(const Unit &U, FunctionId F) { return "`" + U.Functions[F].Name + "`"; }

std::string sayCalls(const Unit &U, const DriverPlan &Plan) {
  std::vector<FunctionId> InOrder = Plan.Before;
  if (Plan.Beside != NoId) {
    std::string Before = InOrder.empty() ? "" : "after " + spelled(U, InOrder.back()) + " ";
    if (Plan.After.empty() || Plan.After[0] == Plan.Beside)
      return Before + "two tasks call " + spelled(U, Plan.Beside);
    return Before + spelled(U, Plan.Beside) + " and " + spelled(U, Plan.After[0]) +
           " are called by two tasks";
  }
  if (InOrder.empty())
    return "";
  if (all_equal(InOrder))
    return spelled(U, InOrder[0]) + (InOrder.size() == 1 ? " is called" : " is called twice");
  std::string Out;
  for (size_t I = 0; I < InOrder.size(); ++I) {
    bool Twice = I + 1 < InOrder.size() && InOrder[I + 1] == InOrder[I];
    Out += (Out.empty()                       ? ""
            : I + 1 + Twice == InOrder.size() ? " and then "
                                              : ", ") +
           std::string(Twice ? "twice " : "") + spelled(U, InOrder[I]);
    I += Twice;
  }
  return Out + " are called";
}

} // namespace taskleak
