// A task that nobody waits for and that outlives what it uses.
//   void refresh() { Cache cache; std::thread([&] { cache.load(); }).detach(); }

#include "finding/Causes.h"
#include "finding/Compose.h"
#include "finding/Witness.h"
#include "finding/Words.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

extern const Check DetachedTask;

static constexpr char Help[] = "let the task own what it uses, or keep its handle and wait for its "
                               "end before that of what it uses";

static void relatePlaces(Finding &F, const Unit &U, const Outlived &Gone) {
  relate(F, at(U, Gone.Ended).At, quoted(Gone.Name) + " ends here");
  relate(F, at(U, Gone.LetGo).At, "nobody waits for the task from here on");
}

/// A task is told once: where it is stuck, else where it is let go.
static bool isTold(llvm::ArrayRef<const Outlived *> Told, const Outlived &Gone) {
  return llvm::any_of(Told, [&](const Outlived *Other) { return Other->LetGo == Gone.LetGo; });
}

static void run(const UnitFacts &Facts, Findings &Out) {
  const Unit &U = Facts.Skeletons;
  std::vector<const Outlived *> Told;
  for (const Stuck *S : causes(Facts, Fault::Outlived)) {
    Finding F =
        stuckFinding(DetachedTask, Facts, *S, "its task is detached and has outlived it", Help);
    relatePlaces(F, U, *S->Gone);
    Out.push_back(std::move(F));
    Told.push_back(&*S->Gone);
  }
  std::vector<const Stuck *> Late;
  for (const Stuck &S : Facts.Late)
    Late.push_back(&S);
  llvm::stable_sort(Late, [](const Stuck *A, const Stuck *B) {
    return std::pair(A->Assumptions.size(), A->Schedule.size()) <
           std::pair(B->Assumptions.size(), B->Schedule.size());
  });
  for (const Stuck *S : Late) {
    if (isTold(Told, *S->Gone))
      continue;
    Told.push_back(&*S->Gone);
    Finding F = scheduleFinding(DetachedTask, Facts, *S, at(U, S->Gone->LetGo).At,
                                Witness(U, *S).task(S->Victim) + " outlives " +
                                    quoted(S->Gone->Name) + ", which it uses",
                                Help);
    relate(F, at(U, S->At).At, "it is used here");
    relatePlaces(F, U, *S->Gone);
    Out.push_back(std::move(F));
  }
}

const Check DetachedTask = {.Id = "detached-task",
                            .Summary =
                                "a task that nobody waits for and that outlives what it uses",
                            .Since = "0.1",
                            .Judges = Fault::Outlived,
                            .Run = run};

} // namespace taskleak
