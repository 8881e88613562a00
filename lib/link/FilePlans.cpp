// A file's static objects, used through its functions; see ClassPlans.h.
//   static pthread_t worker;   void log_start(void) { ... }   void log_stop(void) { ... }

#include "link/ClassPlans.h"

#include "link/Origins.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

static bool touchesOwnGlobals(const Unit &U, const Function &F) {
  return any_of(F.Blocks, [&](const Block &B) {
    return any_of(B.Body, [&](const Instruction &I) {
      return any_of(I.Operands, [&](const Operand &O) { return isOwnGlobal(U, O); });
    });
  });
}

std::vector<DriverPlan> filePlans(const Unit &U) {
  std::vector<bool> Touches;
  for (const Function &F : U.Functions)
    Touches.push_back(touchesOwnGlobals(U, F));
  auto IsProgram = [](const Function &F) { return F.IsMain; };
  if (any_of(U.Functions, IsProgram) || none_of(Touches, [](bool T) { return T; }))
    return {};
  CallGraph Graph(U);
  Graph.spreadToCallers(Touches);
  DriverPlan Base;
  for (FunctionId F = 0; F < U.Functions.size(); ++F)
    if (Touches[F] && !U.Functions[F].InternalOnly)
      Base.Calls.push_back(F);
  // A method's object may be anybody's.
  auto IsMethod = [&](FunctionId F) {
    return U.Functions[F].Params > 0 && U.Functions[F].Slots[0].Name == "this";
  };
  if (Base.Calls.empty() || any_of(Base.Calls, IsMethod))
    return {};
  std::vector<OriginSummary> Origin = originSummaries(U, Graph, Touches);
  if (none_of(Base.Calls, [&](FunctionId F) { return Origin[F].WaitsOn.Static; }))
    return {};
  // A function that nobody here runs is run by somebody out of sight.
  std::vector<bool> Runs(U.Functions.size());
  for (FunctionId F : Base.Calls)
    Runs[F] = true;
  Graph.spreadToCallees(Runs);
  for (FunctionId F = 0; F < U.Functions.size(); ++F)
    if (Touches[F] && !Runs[F] &&
        none_of(U.Globals, [&](const Global &G) { return G.Initializer == F; }))
      return {};
  return plansFor(U, std::move(Base));
}

} // namespace taskleak
