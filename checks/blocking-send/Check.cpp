// A send that can block for ever: no room, no receiver, no way out.
//   channel<Order> orders(1);
//   std::thread([&] { orders.push(o); }).detach();   // waits when the buffer is full
//   save(orders.pop());                              // and the only receiver is in here

#include "finding/Causes.h"
#include "finding/Compose.h"
#include "finding/Origin.h"
#include "finding/Witness.h"
#include "finding/Words.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"

namespace taskleak {

extern const Check BlockingSend;

static constexpr char Help[] =
    "give the send a way out: a timeout, a cancel or a close that ends it, or a capacity that is "
    "large enough for all that can be outstanding";

static std::string why(const UnitFacts &Facts, const Stuck &S) {
  Witness W(Facts.Skeletons, S);
  auto Holders = W.holders();
  if (!Holders.empty()) {
    bool IsOnly = llvm::all_of(llvm::seq<unsigned>(0, S.Tasks.size()), [&](unsigned Task) {
      return (Task == Holders[0]) == W.couldDo(Task, {Op::Receive, Op::Poll});
    });
    std::string Who = IsOnly ? "its only receiver" : W.task(Holders[0]);
    // A join that waits for the sender is where the receiver went, not why it left.
    InstructionRef Blocked = S.Tasks[Holders[0]].Blocked;
    bool IsJoin = Blocked.isValid() && at(Facts.Skeletons, Blocked).Code == Op::Join;
    return Who + (IsJoin ? " has gone on and is " : " is ") + W.stuckIn(Holders[0]);
  }
  auto Receivers = W.tasksThat({Op::Receive, Op::Poll});
  auto HasEnded = [&](unsigned Task) { return S.Tasks[Task].Ended; };
  if (Receivers.empty())
    return "nobody receives from it";
  if (!llvm::all_of(Receivers, HasEnded))
    return "nobody receives from it any more";
  return Receivers.size() == 1 ? "its only receiver, " + W.task(Receivers[0]) + ", has ended"
                               : "all its receivers have ended";
}

static void run(const UnitFacts &Facts, Findings &Out) {
  for (const Stuck *S : causes(Facts, Fault::Send))
    Out.push_back(stuckFinding(BlockingSend, Facts, *S, why(Facts, *S), Help));
  for (const UnusedCancel &Unused : Facts.Ignored) {
    const Instruction &Send = at(Facts.Skeletons, Unused.Wait);
    if (Send.Code != Op::Send || !mayJudgeForm(Facts, Unused.Wait.F))
      continue;
    std::string Noun = waitNoun(Send, objectName(Facts.Skeletons, Unused.Wait));
    Out.push_back(formFinding(BlockingSend, Facts, Unused.Wait, Evidence::Possible,
                              Noun + " has no way out, though the cancel " +
                                  quoted(Unused.Cancel) + " is at hand",
                              "pass the cancel to the send, or give it a timeout"));
  }
}

const Check BlockingSend = {.Id = "blocking-send",
                            .Summary = "a send that can block for ever",
                            .Least = Evidence::Possible,
                            .Since = "0.1",
                            .Judges = Fault::Send,
                            .Run = run};

} // namespace taskleak
