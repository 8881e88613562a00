// A count that cannot reach zero on some path, and somebody waits for it.
//   std::latch done(1);
//   std::thread t([&] { if (!load()) return; done.count_down(); });   // not on this return
//   done.wait();

#include "finding/Causes.h"
#include "finding/Compose.h"
#include "finding/Witness.h"
#include "finding/Words.h"

#include <optional>

namespace taskleak {

extern const Check UnfinishedWaitGroup;

static constexpr char Help[] =
    "count down on every path, exceptions included: let a guard's destructor do it, made right "
    "where the task begins";

/// How often the schedule counts up and down; nothing if a number is unknown.
static std::optional<std::pair<int64_t, int64_t>> counts(const UnitFacts &Facts, const Stuck &S) {
  int64_t Up = 0, Down = 0;
  if (!S.Made.isValid())
    return std::nullopt;
  const Instruction &Make = at(Facts.Skeletons, S.Made);
  if (Make.Operands.empty() || Make.Operands[0].K != Operand::Kind::Int)
    return std::nullopt;
  Up = Make.Operands[0].Number;
  for (unsigned Step : Witness(Facts.Skeletons, S).stepsThat({Op::Count})) {
    const Instruction &Count = at(Facts.Skeletons, S.Schedule[Step].At);
    if (Count.Operands[1].K != Operand::Kind::Int)
      return std::nullopt;
    int64_t N = Count.Operands[1].Number;
    (N > 0 ? Up : Down) += N > 0 ? N : -N;
  }
  return std::pair(Up, Down);
}

static std::string why(const UnitFacts &Facts, const Stuck &S) {
  Witness W(Facts.Skeletons, S);
  bool IsBarrier = S.Kind == ObjectKind::Barrier;
  auto LeftOut = W.tasksThatLeftOut();
  if (!LeftOut.empty())
    return W.task(LeftOut[0]) +
           (IsBarrier ? " ends without arriving" : " ends without counting it down");
  for (unsigned Task : W.holders())
    return W.task(Task) + " is " + W.stuckIn(Task) + " before it " +
           (IsBarrier ? "arrives" : "counts it down");
  if (IsBarrier)
    return "fewer tasks arrive than it waits for";
  auto Counts = counts(Facts, S);
  if (!Counts || Counts->first <= Counts->second)
    return "it never comes down to zero";
  if (Counts->second == 0)
    return "nobody counts it down";
  return "it is counted up to " + std::to_string(Counts->first) + " and down by " +
         std::to_string(Counts->second) + " only";
}

static void run(const UnitFacts &Facts, Findings &Out) {
  for (const Stuck *S : causes(Facts, Fault::Count))
    Out.push_back(stuckFinding(UnfinishedWaitGroup, Facts, *S, why(Facts, *S), Help));
  for (const OpenObligation &Open : Facts.Open) {
    if (Open.Kind != ObligationKind::Count || !mayJudgeForm(Facts, Open.F))
      continue;
    std::string Message = quoted(Open.Object, ObjectKind::Counter) + " is not counted down " +
                          onPath(Facts, Open);
    Out.push_back(openFinding(UnfinishedWaitGroup, Facts, Open, std::move(Message), Help));
  }
}

const Check UnfinishedWaitGroup = {
    .Id = "unfinished-wait-group",
    .Summary = "a count or barrier that is waited for and not completed on every path",
    .Since = "0.1",
    .Judges = Fault::Count,
    .Run = run};

} // namespace taskleak
