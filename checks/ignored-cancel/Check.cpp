// A task with a cancel at hand that waits, loops or sleeps without it.
//   std::jthread t([&](std::stop_token stop) {
//     while (!stop.stop_requested()) handle(jobs.pop());   // pop waits without the token
//   });

#include "finding/Causes.h"
#include "finding/Compose.h"
#include "finding/Origin.h"
#include "finding/Witness.h"
#include "finding/Words.h"

namespace taskleak {

extern const Check IgnoredCancel;

static constexpr char WaitHelp[] =
    "give the wait the cancel, or let a callback of the cancel wake it";
static constexpr char SleepHelp[] =
    "sleep in a wait that the stop ends, such as `std::condition_variable_any::wait_for` with a "
    "token, and test for it in each loop";

static void judgeStuck(const UnitFacts &Facts, Findings &Out) {
  const Unit &U = Facts.Skeletons;
  for (const Stuck *S : causes(Facts, Fault::Unheard)) {
    std::string Stop = quoted(S->Unheard->Name, ObjectKind::Cancel);
    if (S->Endless) {
      std::string Message = Witness(U, *S).task(S->Victim) +
                            " sleeps here in a loop for ever: " + Stop +
                            " asks it to stop, and nothing in the loop looks at it";
      Out.push_back(scheduleFinding(IgnoredCancel, Facts, *S, at(U, S->At).At, std::move(Message),
                                    SleepHelp));
    } else {
      Out.push_back(stuckFinding(
          IgnoredCancel, Facts, *S,
          "the stop of " + Stop + " is requested, and the wait does not take it", WaitHelp));
    }
    if (S->Unheard->Set.isValid())
      relate(Out.back(), at(U, S->Unheard->Set).At, "it is asked to stop here");
  }
}

static void judgeForm(const UnitFacts &Facts, Findings &Out) {
  const Unit &U = Facts.Skeletons;
  for (const UnusedCancel &Unused : Facts.Ignored) {
    const Instruction &Wait = at(U, Unused.Wait);
    std::string Cancel = quoted(Unused.Cancel, ObjectKind::Cancel);
    if (Wait.Code == Op::Yield) {
      Out.push_back(formFinding(
          IgnoredCancel, Facts, Unused.Wait, Evidence::Possible,
          "sleep in a loop that tests " + Cancel + ": a stop waits until it is over", SleepHelp));
      continue;
    }
    // Sends and multi-way waits have checks of their own.
    bool IsOwn = Wait.Code == Op::Receive || Wait.Code == Op::Wait || Wait.Code == Op::Await ||
                 Wait.Code == Op::Acquire;
    if (IsOwn && !Unused.MayBeWoken && mayJudgeForm(Facts, Unused.Wait.F))
      Out.push_back(formFinding(IgnoredCancel, Facts, Unused.Wait, Evidence::Possible,
                                waitNoun(Wait, objectName(U, Unused.Wait)) +
                                    " does not take the cancel " + Cancel + ", which is at hand",
                                WaitHelp));
  }
}

static void run(const UnitFacts &Facts, Findings &Out) {
  judgeStuck(Facts, Out);
  judgeForm(Facts, Out);
}

const Check IgnoredCancel = {
    .Id = "ignored-cancel",
    .Summary = "a task with a cancel at hand that waits, loops or sleeps without it",
    .Least = Evidence::Possible,
    .Since = "0.1",
    .Judges = Fault::Unheard,
    .Run = run};

} // namespace taskleak
