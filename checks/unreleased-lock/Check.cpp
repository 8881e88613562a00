// A lock that is still held when its owner leaves, on some path.
//   bool put(Item X) { m_.lock(); if (full()) return false; ...; m_.unlock(); return true; }

#include "finding/Causes.h"
#include "finding/Compose.h"
#include "finding/Locks.h"
#include "finding/Witness.h"
#include "finding/Words.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

extern const Check UnreleasedLock;

static constexpr char Help[] = "unlock on every path, exceptions included: let a guard such as "
                               "`std::lock_guard` do it";

static std::string why(const UnitFacts &Facts, const Stuck &S) {
  const HeldLock &L = *lockLeftBehind(S);
  std::string Who = Witness(Facts.Skeletons, S).task(L.By);
  if (S.Tasks[L.By].Ended)
    return Who + " has ended without unlocking it";
  return quoted(Facts.Skeletons.Functions[L.LeftAt.F].Name) + " has left it locked" +
         (L.By == S.Victim ? "" : " in " + Who);
}

/// Whoever comes later waits for the same lock: it is told once where it was taken.
static bool isToldAlready(llvm::ArrayRef<const Stuck *> Told, const Stuck &S) {
  return llvm::any_of(Told, [&](const Stuck *Other) {
    return lockLeftBehind(*Other)->Taken == lockLeftBehind(S)->Taken;
  });
}

static void judgeStuck(const UnitFacts &Facts, Findings &Out) {
  std::vector<const Stuck *> All = causes(Facts, Fault::Unreleased), Told;
  llvm::stable_sort(All, [](const Stuck *A, const Stuck *B) {
    return std::pair(A->Assumptions.size(), A->Schedule.size()) <
           std::pair(B->Assumptions.size(), B->Schedule.size());
  });
  for (const Stuck *S : All) {
    if (isToldAlready(Told, *S))
      continue;
    Told.push_back(S);
    const HeldLock &L = *lockLeftBehind(*S);
    Finding F = stuckFinding(UnreleasedLock, Facts, *S, why(Facts, *S), Help);
    relate(F, at(Facts.Skeletons, L.Taken).At,
           quoted(L.Name, ObjectKind::Lock) + " is locked here");
    if (L.LeftAt.isValid())
      relate(F, at(Facts.Skeletons, L.LeftAt).At, "and is still locked here");
    Out.push_back(std::move(F));
  }
}

static void run(const UnitFacts &Facts, Findings &Out) {
  judgeStuck(Facts, Out);
  for (const OpenObligation &Open : Facts.Open) {
    if (Open.Kind != ObligationKind::Lock || Open.MayBeMeant || !mayJudgeForm(Facts, Open.F))
      continue;
    std::string Message =
        quoted(Open.Object, ObjectKind::Lock) + " is not unlocked " + onPath(Facts, Open);
    Out.push_back(openFinding(UnreleasedLock, Facts, Open, std::move(Message), Help));
  }
}

const Check UnreleasedLock = {.Id = "unreleased-lock",
                              .Summary = "a lock still held when its owner leaves on some path",
                              .Since = "0.1",
                              .Judges = Fault::Unreleased,
                              .Run = run};

} // namespace taskleak
