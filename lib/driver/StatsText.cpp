// What is not lower, flow or explore is the compiler's part.

#include "driver/StatsText.h"

#include "report/Paths.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

#include <algorithm>

using namespace llvm;

namespace taskleak {
namespace {

struct Totals : AnalysisStats {
  double All = 0;

  void add(const UnitOutcome &O) {
    const AnalysisStats &S = O.Result.Stats;
    All += O.Seconds;
    Lower += S.Lower;
    Flow += S.Flow;
    Explore += S.Explore;
    Functions += S.Functions;
    Scenarios += S.Scenarios;
    States += S.States;
    OverBudget += S.OverBudget;
    Size += S.Size;
  }

  double compile() const { return std::max(0.0, All - Lower - Flow - Explore); }
};

} // namespace

static Totals totals(ArrayRef<UnitOutcome> Outcomes) {
  Totals Sum;
  for (const UnitOutcome &O : Outcomes)
    Sum.add(O);
  return Sum;
}

static void share(raw_ostream &OS, const char *Part, double Seconds, double All) {
  OS << format("  %-8s %8.2f s %5.1f %%\n", Part, Seconds, All > 0 ? 100 * Seconds / All : 0);
}

void printStats(ArrayRef<UnitOutcome> Outcomes, raw_ostream &OS) {
  Totals T = totals(Outcomes);
  OS << "time over all units:\n";
  share(OS, "compile", T.compile(), T.All);
  share(OS, "lower", T.Lower, T.All);
  share(OS, "flow", T.Flow, T.All);
  share(OS, "explore", T.Explore, T.All);
  OS << T.Functions << " functions lowered, " << T.Scenarios << " scenarios, " << T.States
     << " states, " << T.OverBudget << " scenarios over budget\n";
}

static void members(json::OStream &J, const Totals &T) {
  J.attributeObject("seconds", [&] {
    J.attribute("total", T.All);
    J.attribute("compile", T.compile());
    J.attribute("lower", T.Lower);
    J.attribute("flow", T.Flow);
    J.attribute("explore", T.Explore);
  });
  J.attribute("size", T.Size);
  J.attribute("functions", T.Functions);
  J.attribute("scenarios", T.Scenarios);
  J.attribute("states", T.States);
  J.attribute("overBudget", T.OverBudget);
}

void writeStats(ArrayRef<UnitOutcome> Outcomes, StringRef Base, raw_ostream &OS) {
  json::OStream J(OS, 2);
  J.object([&] {
    members(J, totals(Outcomes));
    J.attributeArray("units", [&] {
      for (const UnitOutcome &O : Outcomes)
        J.object([&] {
          J.attribute("file", displayPath(O.File, Base));
          J.attribute("failed", O.Failure.has_value());
          J.attribute("findings", int64_t(O.Result.Found.size()));
          members(J, totals(O));
        });
    });
  });
  OS << '\n';
}

} // namespace taskleak
