// A condition, event, timer or semaphore that somebody waits for and nobody brings.
//   ~Worker() { stop_ = true; thread_.join(); }             // no notify before the join
//   void run() { cv_.wait(lock, [&] { return stop_; }); }

#include "finding/Causes.h"
#include "finding/Compose.h"
#include "finding/Witness.h"
#include "finding/Words.h"

namespace taskleak {

extern const Check UnwokenWait;

static constexpr char ResumeHelp[] =
    "resume the coroutine on every path, or destroy it; where what it waits for may come first, let "
    "its await_ready see that";

/// How to mend it depends on what is waited for.
static llvm::StringRef help(ObjectKind Kind) {
  switch (Kind) {
  case ObjectKind::Task:
    return "tell the task to end on every path before it is joined: let a destructor do both";
  case ObjectKind::Condition:
    return "set the flag under the waiter's lock and notify after it, on every path, and before "
           "any join; notify all where several tasks wait";
  case ObjectKind::Counter:
    return "release on every path, exceptions included: let a guard's destructor do it";
  case ObjectKind::Timer:
    return "arm the timer, or cancel it on every path that ends its owner";
  default:
    return "bring the event on every path, with a value, an exception or a cancel";
  }
}

/// Why no notify reaches the victim.
static std::string unnotified(const Witness &W, const Stuck &S) {
  auto Notifies = W.stepsThat({Op::Notify});
  if (Notifies.empty() || S.Endless)
    return "nobody notifies it";
  unsigned Begins = W.lastWait(S.Victim);
  if (Begins != NoId && Notifies.back() > Begins)
    return "the notify in " + W.functionOf(Notifies.back()) + " wakes another task";
  return "the notify in " + W.functionOf(Notifies.back()) + " comes before the wait begins";
}

static bool isSuspended(const UnitFacts &Facts, const Stuck &S) {
  return at(Facts.Skeletons, S.At).Code == Op::Suspend;
}

static std::string why(const UnitFacts &Facts, const Stuck &S) {
  Witness W(Facts.Skeletons, S);
  if (S.Sleeps.isValid())
    return W.task(S.HeldUpBy[0]) + " sleeps in a loop for ever, and nobody makes it leave";
  auto LeftOut = W.tasksThatLeftOut();
  if (!LeftOut.empty() && S.Kind == ObjectKind::Event)
    return W.task(LeftOut[0]) + " ends without fulfilling it";
  for (unsigned Task : W.holders())
    return W.task(Task) + " is " + W.stuckIn(Task) + " before it wakes it";
  if (isSuspended(Facts, S))
    return "nobody resumes this coroutine any more";
  switch (S.Kind) {
  case ObjectKind::Condition:
    return unnotified(W, S);
  case ObjectKind::Counter:
    return W.stepsThat({Op::Count}).empty() ? "nobody releases it" : "it is released too rarely";
  case ObjectKind::Timer:
    return "nothing lets it fire or cancels it";
  default:
    return "nobody fulfils it";
  }
}

static void run(const UnitFacts &Facts, Findings &Out) {
  for (const Stuck *S : causes(Facts, Fault::Wake)) {
    llvm::StringRef Help = isSuspended(Facts, *S) ? ResumeHelp : help(S->Kind);
    Out.push_back(stuckFinding(UnwokenWait, Facts, *S, why(Facts, *S), Help));
    if (S->Sleeps.isValid())
      relate(Out.back(), at(Facts.Skeletons, S->Sleeps).At, "it sleeps here");
  }
  for (const OpenObligation &Open : Facts.Open) {
    if (Open.Kind != ObligationKind::Event || !mayJudgeForm(Facts, Open.F))
      continue;
    std::string Message = quoted(Open.Object, ObjectKind::Event) + " is not fulfilled " +
                          onPath(Facts, Open);
    Out.push_back(openFinding(UnwokenWait, Facts, Open, std::move(Message),
                              help(ObjectKind::Event)));
  }
}

const Check UnwokenWait = {
    .Id = "unwoken-wait",
    .Summary = "a condition, event, timer or semaphore wait that no path wakes",
    .Since = "0.1",
    .Judges = Fault::Wake,
    .Run = run};

} // namespace taskleak
