// A lock, counter or other object to wait on that was copied: one waits for the
// original, others use the copy, or the other way round.
//   struct Job { sem_t done; ... };
//   args.job = job;  pthread_create(&t, NULL, work, &args);  sem_wait(&job.done);

#include "finding/Causes.h"
#include "finding/Compose.h"
#include "finding/Witness.h"
#include "finding/Words.h"

namespace taskleak {

extern const Check CopiedSync;

static constexpr char Help[] =
    "hand it on by reference or pointer, and make its class impossible to copy";

static void run(const UnitFacts &Facts, Findings &Out) {
  const Unit &U = Facts.Skeletons;
  for (const Stuck *S : causes(Facts, Fault::Copied)) {
    std::string Reason =
        "it has been copied, and " + quoted(U.Functions[S->Copy->Used.F].Name) + " uses the other";
    Finding F = stuckFinding(CopiedSync, Facts, *S, std::move(Reason), Help);
    relate(F, at(U, S->Copy->Copied).At, Witness(U, *S).object() + " is copied here");
    relate(F, at(U, S->Copy->Used).At, "the other is used here");
    Out.push_back(std::move(F));
  }
}

const Check CopiedSync = {
    .Id = "copied-sync",
    .Summary = "a lock, counter or condition that was copied, so that one waits for the other",
    .Since = "0.1",
    .Judges = Fault::Copied,
    .Run = run};

} // namespace taskleak
