// Guided by what each method does; see ClassPlans.h. A method that starts tasks comes first if
// the constructor starts none, one that ends them last.

#include "link/ClassPlans.h"

#include "link/CallTraits.h"
#include "skeleton/HoldUps.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

namespace {

constexpr size_t MostPlans = 24, MostPairs = 8, MostSequences = 6;

struct Call {
  FunctionId F;
  CallTraits Does;
};

class Plans {
  const Unit &U;
  DriverPlan Base;
  CallTraits MakerDoes;
  std::vector<Call> Calls; ///< Those that matter to tasks.
  std::vector<DriverPlan> Out;

public:
  Plans(const Unit &U, DriverPlan Plan) : U(U), Base(std::move(Plan)) {
    if (Base.Maker != NoId)
      MakerDoes = callTraits(U, Base.Maker);
    for (FunctionId F : Base.Calls)
      if (CallTraits Does = callTraits(U, F); Does.any())
        Calls.push_back({F, Does});
  }

  std::vector<DriverPlan> all() {
    if (!isWorthIt())
      return {};
    std::vector<std::vector<FunctionId>> Starts = starts();
    for (const std::vector<FunctionId> &Start : Starts)
      addEnd(Start);
    for (const std::vector<FunctionId> &Start : Starts)
      if (!Start.empty() || Starts.size() == 1) {
        addSingles(Start);
        addPairs(Start);
        addEnded(Start);
        addSequences(Start);
        addTwice(Start);
      }
    if (Out.size() > MostPlans)
      Out.resize(MostPlans);
    return std::move(Out);
  }

private:
  bool isWorthIt() const {
    HoldUps Of;
    auto See = [&](FunctionId Root) {
      for (FunctionId F : sameTask(U, Root))
        Of.see(U.Functions[F]);
    };
    if (Base.Maker != NoId)
      See(Base.Maker);
    for (const Call &C : Calls)
      See(C.F);
    return Of.arePossible();
  }

  /// How tasks come to run: by the constructor, or by one of the calls.
  std::vector<std::vector<FunctionId>> starts() const {
    std::vector<std::vector<FunctionId>> Ways = {{}};
    for (const Call &C : Calls)
      if (!MakerDoes.Spawns && C.Does.Spawns && !C.Does.Joins && Ways.size() < 3)
        Ways.push_back({C.F});
    return Ways;
  }

  DriverPlan after(const std::vector<FunctionId> &Start, ArrayRef<FunctionId> More) const {
    DriverPlan Plan = Base;
    Plan.Before = Start;
    append_range(Plan.Before, More);
    return Plan;
  }

  void addEnd(const std::vector<FunctionId> &Start) {
    Out.push_back(after(Start, {}));
    Out.back().Size = 2;
  }

  void addSingles(const std::vector<FunctionId> &Start) {
    for (bool Ending : {true, false})
      for (const Call &C : Calls)
        if (C.Does.isEnding() == Ending && !is_contained(Start, C.F))
          Out.push_back(after(Start, {C.F}));
  }

  /// One of two can hold the other up: it waits, or both take several locks.
  static bool mayMeet(const Call &A, const Call &B) {
    auto Waits = [](const Call &C) { return C.Does.Waits || C.Does.Joins; };
    bool Locks = A.Does.Locks > 1 && B.Does.Locks > 1;
    return Locks || (Waits(A) && (B.Does.Changes || B.Does.Joins)) ||
           (Waits(B) && (A.Does.Changes || A.Does.Joins));
  }

  void addPairs(const std::vector<FunctionId> &Start) {
    size_t Pairs = 0;
    for (size_t A = 0; A < Calls.size(); ++A)
      for (size_t B = A; B < Calls.size(); ++B) {
        bool Starts = is_contained(Start, Calls[A].F) || is_contained(Start, Calls[B].F);
        if (Starts || !mayMeet(Calls[A], Calls[B]) || Pairs == MostPairs)
          continue;
        if (A == B && Calls[A].Does.Joins) // Ended by two at once: no correct user does that.
          continue;
        ++Pairs;
        // Who ends the tasks is the first caller: the second may be held up by it.
        bool Swap = Calls[A].Does.isEnding();
        DriverPlan Plan = after(Start, {});
        Plan.Beside = Calls[Swap ? B : A].F;
        Plan.After = {Calls[Swap ? A : B].F};
        Out.push_back(std::move(Plan));
      }
  }

  void addEnded(const std::vector<FunctionId> &Start) {
    auto Ending = find_if(Calls, [](const Call &C) { return C.Does.isEnding(); });
    if (Ending == Calls.end())
      return;
    for (const Call &C : Calls)
      if (!C.Does.isEnding() && !is_contained(Start, C.F))
        Out.push_back(after(Start, {C.F, Ending->F}));
  }

  /// What one leaves behind may hold up the next.
  void addSequences(const std::vector<FunctionId> &Start) {
    size_t Sequences = 0;
    for (const Call &First : Calls)
      for (const Call &Then : Calls) {
        bool IsOne =
            First.F == Then.F || is_contained(Start, First.F) || is_contained(Start, Then.F);
        bool Matters = First.Does.Changes && (Then.Does.Waits || Then.Does.Locks > 1);
        if (IsOne || !Matters || First.Does.isEnding() || Then.Does.isEnding() ||
            Sequences == MostSequences)
          continue;
        ++Sequences;
        Out.push_back(after(Start, {First.F, Then.F}));
      }
  }

  void addTwice(const std::vector<FunctionId> &Start) {
    for (const Call &C : Calls)
      if (!C.Does.isEnding() && !is_contained(Start, C.F))
        Out.push_back(after(Start, {C.F, C.F}));
  }
};

/// It hands its first parameter to code out of sight, which is how C frees.
bool givesUp(const Function &F) {
  auto Gives = [](const Instruction &I) {
    return I.Code == Op::Extern && I.Flag.has(Flag::Escapes) && !I.Operands.empty() &&
           I.Operands[0] == Operand::slot(0);
  };
  return F.Params == 1 && any_of(F.Blocks, [&](const Block &B) { return any_of(B.Body, Gives); });
}

} // namespace

std::vector<DriverPlan> plansFor(const Unit &U, DriverPlan Base) {
  return Plans(U, std::move(Base)).all();
}

std::vector<DriverPlan> classPlans(const Unit &U, uint32_t Record) {
  const ClassUse &Use = U.Records[Record].Use;
  DriverPlan Base;
  Base.Record = Record;
  Base.Ender = Use.Ender;
  for (FunctionId F : Use.Calls)
    if (bool Ends = !Use.Creators.empty() && givesUp(U.Functions[F]); Ends)
      Base.Ender = F;
    else
      Base.Calls.push_back(F);
  std::vector<DriverPlan> Out;
  std::vector<FunctionId> Makers = Use.Makers;
  append_range(Makers, Use.Creators);
  for (FunctionId Maker : ArrayRef(Makers).take_front(2)) {
    Base.Maker = Maker;
    append_range(Out, plansFor(U, Base));
  }
  return Out;
}

std::vector<uint32_t> classesToDrive(const Unit &U) {
  std::vector<uint32_t> Out;
  for (uint32_t R = 0; R < U.Records.size(); ++R)
    if (U.Records[R].Use.canBeMade())
      Out.push_back(R);
  if (Out.empty())
    return Out;
  CallGraph Graph(U);
  std::vector<unsigned> Rank(U.Functions.size());
  for (size_t I = 0; I < Graph.BottomUp.size(); ++I)
    Rank[Graph.BottomUp[I]] = unsigned(I);
  auto Last = [&](uint32_t R) {
    const ClassUse &Use = U.Records[R].Use;
    return std::pair(Rank[Use.Makers.empty() ? Use.Creators[0] : Use.Makers[0]], R);
  };
  sort(Out, [&](uint32_t A, uint32_t B) { return Last(A) > Last(B); });
  return Out;
}

} // namespace taskleak
