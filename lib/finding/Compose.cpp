// Puts findings together.

#include "finding/Compose.h"

#include "finding/Trails.h"
#include "finding/Witness.h"
#include "finding/Words.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

Evidence evidence(const Stuck &S) {
  if (S.Assumptions.empty())
    return Evidence::Proven;
  return S.Assumptions.size() <= MostAssumptions ? Evidence::Likely : Evidence::Possible;
}

void relate(Finding &F, Place At, std::string Message) {
  auto IsSame = [&](const RelatedPlace &R) { return R.At == At && R.Message == Message; };
  if (At.isValid() && llvm::none_of(F.Related, IsSame))
    F.Related.push_back({At, std::move(Message)});
}

/// " if `err` is true and `parse` throws"; more than two would not be read.
static std::string condition(const Stuck &S) {
  if (S.Assumptions.empty() || S.Assumptions.size() > MostAssumptions)
    return "";
  std::string Out = " if " + S.Assumptions[0].Text;
  return S.Assumptions.size() == 1 ? Out : Out + " and " + S.Assumptions[1].Text;
}

/// Calls deeper than this are told by the trail alone.
constexpr unsigned MostCallers = 3;

/// What a trail tells anyway needs no note of its own.
static bool isOnTrail(const Finding &F, Place At) {
  return llvm::any_of(F.Trails, [&](const Trail &T) {
    return llvm::any_of(T.Steps, [&](const TrailStep &Step) { return Step.At == At; });
  });
}

static void relatePlaces(Finding &F, const Unit &U, const Stuck &S) {
  Witness W(U, S);
  if (S.Made.isValid() && !S.Object.empty())
    relate(F, at(U, S.Made).At, W.object() + " is made here");
  for (InstructionRef Caller : llvm::ArrayRef(S.Callers).take_front(MostCallers))
    relate(F, at(U, Caller).At, "called here from " + quoted(U.Functions[Caller.F].Name));
  for (unsigned Task = 0; Task < S.Tasks.size(); ++Task) {
    auto IsTold = [&](const Trail &T) { return T.Task == W.task(Task); };
    InstructionRef Spawned = S.Tasks[Task].Spawned;
    if (Spawned.isValid() && llvm::any_of(F.Trails, IsTold) && !isOnTrail(F, at(U, Spawned).At))
      relate(F, at(U, Spawned).At, W.task(Task) + " starts here");
  }
}

/// An implicit wait stands nowhere: its call does.
static Place placeOf(const Unit &U, const Stuck &S) {
  Place Found = at(U, S.At).At;
  for (InstructionRef Caller : S.Callers)
    if (!Found.isValid())
      Found = at(U, Caller).At;
  return Found;
}

static constexpr char EndlessHelp[] =
    "leave the loop when there is nothing left to wait for, after some timeouts at the latest, and "
    "have whoever waits for the task's end tell it to end first";

Finding stuckFinding(const Check &C, const UnitFacts &Facts, const Stuck &S, std::string Reason,
                     llvm::StringRef Help) {
  const Unit &U = Facts.Skeletons;
  Witness W(U, S);
  if (S.Endless)
    return scheduleFinding(C, Facts, S, placeOf(U, S),
                           W.wait() + " can time out again and again, for ever" + condition(S) +
                               ": " + Reason,
                           EndlessHelp);
  std::string Message = W.wait() + " can block for ever" + condition(S) + ": " + Reason;
  return scheduleFinding(C, Facts, S, placeOf(U, S), std::move(Message), Help);
}

Finding scheduleFinding(const Check &C, const UnitFacts &Facts, const Stuck &S, Place Where,
                        std::string Message, llvm::StringRef Help) {
  const Unit &U = Facts.Skeletons;
  Finding F = formFinding(C, Facts, S.At, evidence(S), std::move(Message), Help);
  F.At = Where;
  F.Trails = trails(U, S);
  for (const Assumption &A : S.Assumptions)
    F.Assumptions.push_back(A.Text);
  relatePlaces(F, U, S);
  return F;
}

Finding formFinding(const Check &C, const UnitFacts &Facts, InstructionRef At, Evidence Sure,
                    std::string Message, llvm::StringRef Help) {
  Finding F;
  F.Check = C.Id.str();
  F.At = at(Facts.Skeletons, At).At;
  F.Message = std::move(Message);
  F.Sure = Sure;
  F.Function = Facts.Skeletons.Functions[At.F].Name;
  F.Help = Help.str();
  return F;
}

std::string onPath(const UnitFacts &Facts, const OpenObligation &Open) {
  using Reason = SkippedBy::Reason;
  const SkippedBy &Skipped = Open.Skipped;
  std::string Text = Skipped.Text.empty() ? "" : "`" + Skipped.Text + "`";
  switch (Skipped.Why) {
  case Reason::EarlyReturn:
    return Text.empty() ? "on an early return" : "on the return when " + Text;
  case Reason::ThenBranch:
    return Text.empty() ? "in one branch" : "when " + Text + " is true";
  case Reason::ElseBranch:
    return Text.empty() ? "in one branch" : "when " + Text + " is false";
  case Reason::LoopSkipped:
    return Text.empty() ? "when the loop runs no turn" : "when the loop on " + Text + " runs no turn";
  case Reason::Exception:
    return Text.empty() ? "when an exception leaves" : "when " + Text + " throws";
  case Reason::NeverDone:
    return "on any path";
  case Reason::Overwritten:
    return "before it is overwritten";
  }
  return "";
}

Finding openFinding(const Check &C, const UnitFacts &Facts, const OpenObligation &Open,
                    std::string Message, llvm::StringRef Help) {
  const Unit &U = Facts.Skeletons;
  Evidence Sure = Open.MayThrowOnly ? Evidence::Possible : Evidence::Likely;
  Finding F = formFinding(C, Facts, Open.Site, Sure, std::move(Message), Help);
  if (Open.Skipped.At.isValid() && Open.Skipped.At != Open.Exit)
    relate(F, at(U, Open.Skipped.At).At, "this path leaves it out");
  bool IsOverwritten = Open.Skipped.Why == SkippedBy::Reason::Overwritten;
  if (Open.Exit.isValid())
    relate(F, at(U, Open.Exit).At,
           Open.Again      ? "it is locked again here"
           : IsOverwritten ? "it is overwritten here"
                           : "the function is left here");
  return F;
}

} // namespace taskleak
