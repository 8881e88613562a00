// A receive that can block for ever: nobody sends, closes or gives up.
//   buffered_channel<Job> jobs(8);
//   fiber worker([&] { for (Job &j : jobs) run(j); });
//   jobs.push(job);
//   worker.join();                   // without jobs.close()

#include "finding/Causes.h"
#include "finding/Compose.h"
#include "finding/Origin.h"
#include "finding/Witness.h"
#include "finding/Words.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

extern const Check BlockingReceive;

static constexpr char Help[] =
    "send or close on every path, exceptions included, and before anybody waits for the receiver; "
    "or give the receive a timeout or a cancel";

/// Why no interrupt ends the wait.
static std::string uninterrupted(const Witness &W, unsigned Step, const Stuck &S) {
  unsigned Begins = W.lastWait(S.Victim);
  bool IsEarly = Begins == NoId || Step < Begins;
  return IsEarly ? "the interrupt in " + W.functionOf(Step) + " comes before the wait begins"
                 : "nobody sends to it any more";
}

/// A join that waits for the receiver explains it only if a send or close comes after it.
static bool explains(const UnitFacts &Facts, const Witness &W, const Stuck &S, unsigned Task) {
  InstructionRef Blocked = S.Tasks[Task].Blocked;
  bool IsJoin = Blocked.isValid() && at(Facts.Skeletons, Blocked).Code == Op::Join;
  return !IsJoin || W.couldDo(Task, {Op::Close, Op::Interrupt});
}

static std::string why(const UnitFacts &Facts, const Stuck &S) {
  Witness W(Facts.Skeletons, S);
  for (unsigned Task : W.holders())
    if (explains(Facts, W, S, Task))
      return W.task(Task) + " is " + W.stuckIn(Task) + " before it sends or closes";
  auto Interrupts = W.stepsThat({Op::Interrupt});
  if (!Interrupts.empty())
    return uninterrupted(W, Interrupts.back(), S);
  auto Senders = W.tasksThat({Op::Send});
  auto HasEnded = [&](unsigned Task) { return S.Tasks[Task].Ended; };
  if (Senders.empty())
    return "nobody sends to it or closes it";
  if (!llvm::all_of(Senders, HasEnded))
    return "nobody sends to it any more, and nobody closes it";
  return Senders.size() == 1
             ? "its only sender, " + W.task(Senders[0]) + ", has ended without closing it"
             : "all its senders have ended without closing it";
}

static void run(const UnitFacts &Facts, Findings &Out) {
  for (const Stuck *S : causes(Facts, Fault::Receive))
    Out.push_back(stuckFinding(BlockingReceive, Facts, *S, why(Facts, *S), Help));
}

const Check BlockingReceive = {.Id = "blocking-receive",
                               .Summary = "a receive that never gets a value and is never ended",
                               .Since = "0.1",
                               .Judges = Fault::Receive,
                               .Run = run};

} // namespace taskleak
