// A task that waits for its own end.
//   std::shared_ptr<Pool> P;                   // the last owner is one of its workers:
//   P->submit([P] { ... });                    // ~Pool joins the thread that it runs in

#include "finding/Causes.h"
#include "finding/Compose.h"
#include "finding/Witness.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

extern const Check SelfJoin;

static constexpr char Help[] =
    "let another task do the wait: hand the last owner over, or detach the handle where it belongs "
    "to the running task";

static std::string why(const UnitFacts &Facts, const Stuck &S) {
  Witness W(Facts.Skeletons, S);
  for (unsigned Task : W.holders())
    return W.task(Task) + ", for which it waits, waits for the end of " + W.task(S.Victim);
  return W.task(S.Victim) + " waits for its own end";
}

static void run(const UnitFacts &Facts, Findings &Out) {
  for (const Stuck *S : causes(Facts, Fault::SelfJoin))
    Out.push_back(stuckFinding(SelfJoin, Facts, *S, why(Facts, *S), Help));
}

const Check SelfJoin = {.Id = "self-join",
                        .Summary = "a task that waits for its own end",
                        .Since = "0.1",
                        .Judges = Fault::SelfJoin,
                        .Run = run};

} // namespace taskleak
