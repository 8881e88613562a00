// A cancel that somebody waits under and nobody pulls: dropped, overwritten,
// or stored and never requested on some path.
//   std::stop_source stop;
//   std::thread t([s = stop.get_token()] { cv.wait(lock, s, [] { return false; }); });
//   t.join();                        // without stop.request_stop()

#include "finding/Causes.h"
#include "finding/Compose.h"
#include "finding/Origin.h"
#include "finding/Witness.h"
#include "finding/Words.h"

namespace taskleak {

extern const Check LostCancel;

static constexpr char Help[] =
    "request the stop on every path that ends the cancel's owner, before it waits for the task: "
    "in its destructor, or by a guard";

static std::string why(const UnitFacts &Facts, const Stuck &S, InstructionRef Made) {
  Witness W(Facts.Skeletons, S);
  std::string Cancel = Made.isValid() && !at(Facts.Skeletons, Made).Text.empty()
                           ? quoted(at(Facts.Skeletons, Made).Text)
                           : "its cancel";
  for (unsigned Task : W.holders())
    if (W.couldDo(Task, {Op::Request}))
      return W.task(Task) + " is " + W.stuckIn(Task) + " before it requests the stop of " + Cancel;
  return "nobody requests the stop of " + Cancel + " or wakes it";
}

static void run(const UnitFacts &Facts, Findings &Out) {
  for (const Stuck *S : causes(Facts, Fault::Cancel)) {
    InstructionRef Made = cancelMade(Facts.Skeletons, *S);
    Finding F = stuckFinding(LostCancel, Facts, *S, why(Facts, *S, Made), Help);
    if (Made.isValid())
      relate(F, at(Facts.Skeletons, Made).At, "the cancel is made here");
    Out.push_back(std::move(F));
  }
  for (const OpenObligation &Open : Facts.Open) {
    if (Open.Kind != ObligationKind::Cancel || !mayJudgeForm(Facts, Open.F))
      continue;
    std::string Message = "the stop of " + quoted(Open.Object, ObjectKind::Cancel) +
                          " is not requested " + onPath(Facts, Open) +
                          ", and a task waits for it";
    Out.push_back(openFinding(LostCancel, Facts, Open, std::move(Message), Help));
  }
}

const Check LostCancel = {
    .Id = "lost-cancel",
    .Summary = "a cancel handle that is dropped, overwritten, or stored and never pulled",
    .Since = "0.1",
    .Judges = Fault::Cancel,
    .Run = run};

} // namespace taskleak
