// A multi-way wait that can block for ever: none of its cases can happen, and
// none is a cancel, a timeout or a default.
//   co_await (in.async_receive(use_awaitable) || out.async_send(v, use_awaitable));

#include "finding/Causes.h"
#include "finding/Compose.h"
#include "finding/Origin.h"
#include "finding/Witness.h"
#include "finding/Words.h"

namespace taskleak {

extern const Check SelectWithoutCancel;

static constexpr char Help[] =
    "add a case that always ends the wait: a stop or cancel that somebody requests, a timeout, or "
    "a default";

static std::string why(const UnitFacts &Facts, const Stuck &S) {
  Witness W(Facts.Skeletons, S);
  if (S.Endless)
    return "nothing else ends it any more";
  for (unsigned Task : W.holders())
    return W.task(Task) + " is " + W.stuckIn(Task) + ", and no case is a cancel or a timeout";
  if (S.Cases.size() < 2)
    return "nothing brings it about, and it has no cancel or timeout";
  return "none of its " + std::to_string(S.Cases.size()) +
         " cases can happen, and none is a cancel or a timeout";
}

static void run(const UnitFacts &Facts, Findings &Out) {
  for (const Stuck *S : causes(Facts, Fault::Select))
    Out.push_back(stuckFinding(SelectWithoutCancel, Facts, *S, why(Facts, *S), Help));
  for (const UnusedCancel &Unused : Facts.Ignored) {
    const Instruction &Wait = at(Facts.Skeletons, Unused.Wait);
    bool IsSelect = Wait.Code == Op::Select || Wait.Code == Op::Poll;
    if (!IsSelect || !mayJudgeForm(Facts, Unused.Wait.F))
      continue;
    std::string Object = Wait.Code == Op::Poll ? objectName(Facts.Skeletons, Unused.Wait) : "";
    Out.push_back(formFinding(SelectWithoutCancel, Facts, Unused.Wait, Evidence::Possible,
                              waitNoun(Wait, Object) + " has no case for the cancel " +
                                  quoted(Unused.Cancel) + ", which is at hand",
                              "wait for the cancel too, or add a timeout"));
  }
}

const Check SelectWithoutCancel = {
    .Id = "select-without-cancel",
    .Summary = "a multi-way wait none of whose cases is a cancel, timeout or default that can fire",
    .Least = Evidence::Possible,
    .Since = "0.1",
    .Judges = Fault::Select,
    .Run = run};

} // namespace taskleak
