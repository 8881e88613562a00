// The loop over classes and their drivers; see ClassRuns.h.

#include "driver/ClassRuns.h"

#include "driver/ClassVerdict.h"
#include "link/ClassPlans.h"
#include "skeleton/CallGraph.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

namespace {

/// What one driver and one class may cost, in states; and what it takes to be sure.
constexpr unsigned MostStatesOfPlan = 400, MostStatesOfClass = 2500, MostStatesOfVerdict = 2000;

/// NoId if the unit is no program.
FunctionId mainOf(const Unit &U) {
  auto Main = find_if(U.Functions, [](const Function &F) { return F.IsMain; });
  return Main == U.Functions.end() ? NoId : FunctionId(Main - U.Functions.begin());
}

std::vector<bool> runBy(const Unit &U, FunctionId F) {
  std::vector<bool> Runs(U.Functions.size());
  Runs[F] = true;
  CallGraph(U).spreadToCallees(Runs);
  return Runs;
}

bool hasCalls(const DriverPlan &Plan) { return !Plan.Before.empty() || Plan.Beside != NoId; }

class Runs {
  Unit &U;
  Budget OfPlan, OfVerdict;
  unsigned MostStates, Spent = 0; ///< Of ordinary size.
  std::vector<bool> Known;  ///< Functions that were run to the end.
  FunctionId Main;          ///< Of the unit's own program; NoId: none.
  std::vector<bool> InMain; ///< Functions that it may run.
  KnownUses Uses;
  ClassRuns Out;

public:
  Runs(Unit &U, const Budget &Limits, unsigned MostStates, const std::vector<bool> &Explored)
      : U(U), OfPlan(Limits), OfVerdict(Limits), MostStates(MostStates), Known(Explored),
        Main(mainOf(U)) {
    OfPlan.Dive = OfVerdict.Dive = false; // What some uses lead to says nothing about all others.
    OfVerdict.Blame = false;
    OfVerdict.Answers = true;
    OfPlan.States = std::min(Limits.States, MostStatesOfPlan);
    OfVerdict.States = std::min(Limits.States, MostStatesOfVerdict);
  }

  ClassRuns all() {
    std::vector<uint32_t> Classes = classesToDrive(U);
    if (Main != NoId && !Classes.empty())
      InMain = runBy(U, Main);
    for (uint32_t Record : Classes)
      if (!drive(classPlans(U, Record)))
        Out.InPart.push_back("'" + U.Records[Record].Name + "'");
    if (!drive(filePlans(U)))
      Out.InPart.push_back("what is static here");
    return std::move(Out);
  }

private:
  bool mayRunInMain(FunctionId F) const { return F < InMain.size() && InMain[F]; }

  /// What is called is for the unit's own program to say, which makes such an object.
  bool isOfProgram(const DriverPlan &Plan) const {
    return Plan.Record != NoId && mayRunInMain(Plan.Maker);
  }

  /// The program makes no more than one of these calls, for all that is known of it.
  bool isCalledSo(const DriverPlan &Plan) const {
    return Plan.Beside == NoId && Plan.Before.size() <= 1 &&
           all_of(Plan.Before, [&](FunctionId F) { return mayRunInMain(F); });
  }

  /// Some scenario has made an object of the class and ended it, or is a program that has made it.
  bool isKnown(const DriverPlan &Plan) const {
    bool IsClass = Plan.Record != NoId && Known[Plan.Maker];
    if (IsClass && isOfProgram(Plan) && Known[Main])
      return true;
    bool EndsItself = IsClass && U.Records[Plan.Record].Use.Creators.empty();
    return IsClass && (Plan.Ender == NoId ? EndsItself : bool(Known[Plan.Ender]));
  }

  /// False if not all of it is within the budget.
  bool drive(ArrayRef<DriverPlan> Plans) {
    unsigned Before = Spent;
    unsigned Cut = 0; // Where two ways are over the budget, most are.
    if (any_of(Plans, [&](const DriverPlan &Plan) { return isKnown(Plan); }))
      return true;
    for (const DriverPlan &Plan : Plans) {
      if (isOfProgram(Plan) && !isCalledSo(Plan))
        continue;
      if (Spent - Before > MostStatesOfClass || Spent > MostStates || Cut > 1)
        return false;
      Cut += !run(Plan);
    }
    return Cut == 0;
  }

  /// False if it is over the budget.
  bool run(const DriverPlan &Plan) {
    size_t Before = U.Functions.size();
    FunctionId Entry = addDriver(U, Plan);
    Exploration Seen = explore(U, Entry, /*OwnsGlobals=*/Plan.Record == NoId, OfPlan);
    ++Out.Scenarios;
    Out.States += Seen.Stats.States;
    Spent += Seen.Stats.cost();
    bool IsTold = false;
    for (Stuck &S : Seen.Stucks)
      IsTold |= judge(Plan, S);
    if (!IsTold)
      U.Functions.resize(Before);
    if (Seen.Stats.OverBudget)
      return false;
    for (FunctionId F : Seen.Visited)
      if (F < Known.size())
        Known[F] = true;
    return true;
  }

  /// What is left for all classes, and enough for a small one.
  Budget forVerdict() const {
    constexpr unsigned Least = 500;
    Budget Limits = OfVerdict;
    Limits.States = std::min(Limits.States, std::max(MostStates - std::min(MostStates, Spent), Least));
    return Limits;
  }

  /// One assumption more than that of what the calls are given.
  static bool isLikely(const Stuck &S) {
    size_t Given = size_t(count_if(S.Assumptions, [](const Assumption &A) { return A.OfCaller; }));
    return Given <= 1 && S.Assumptions.size() - Given <= 1;
  }

  /// How the calls are made, and what they are given where something else is assumed as well.
  Assumption callsOf(const DriverPlan &Plan, Stuck &S) const {
    Assumption Calls{firstCall(S), sayCalls(U, Plan)};
    auto Given = find_if(S.Assumptions, [](const Assumption &A) { return A.OfCaller; });
    if (S.Assumptions.size() > 1 && Given != S.Assumptions.end()) {
      Calls.Text += " so that " + Given->Text;
      S.Assumptions.erase(Given);
    }
    return Calls;
  }

  bool judge(const DriverPlan &Plan, Stuck &S) {
    bool HasCalls = hasCalls(Plan);
    auto IsHung = [](const TaskTrail &T) { return T.Hung; };
    auto IsAsGood = [&](const Stuck &Told) {
      return Told.At == S.At && Told.Kind == S.Kind &&
             Told.Assumptions.size() <= S.Assumptions.size() + HasCalls;
    };
    if (U.Functions[S.At.F].Driver || !isLikely(S) || any_of(S.Tasks, IsHung) ||
        any_of(Out.Stucks, IsAsGood))
      return false;
    ClassVerdict Verdict(U, forVerdict(), Plan, Uses);
    bool IsFault = Verdict.isFault(S);
    Out.Scenarios += Verdict.Scenarios;
    Out.States += Verdict.States;
    Spent += Verdict.Cost;
    if (!IsFault)
      return false;
    if (HasCalls)
      S.Assumptions.insert(S.Assumptions.begin(), callsOf(Plan, S));
    erase_if(S.Callers, [&](InstructionRef Ref) { return U.Functions[Ref.F].Driver; });
    Out.Stucks.push_back(std::move(S));
    return true;
  }

  /// The driver's call after the constructor's.
  InstructionRef firstCall(const Stuck &S) const {
    InstructionRef Found = {S.Entry, 0, 0};
    unsigned Calls = 0;
    for (const ScheduleStep &Step : S.Schedule)
      if (U.Functions[Step.At.F].Driver && at(U, Step.At).Code == Op::Call && Calls++ < 2)
        Found = Step.At;
    return Found;
  }
};

} // namespace

ClassRuns exploreClasses(Unit &U, const Budget &Limits, unsigned MostStates,
                         const std::vector<bool> &Explored) {
  return Runs(U, Limits, MostStates, Explored).all();
}

} // namespace taskleak
