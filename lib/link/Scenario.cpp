// Chooses the functions to explore; see Scenario.h.
//   void Queue::push(int X) { ... }         run through whoever owns the queue
//   void serve() { Queue Q; Q.push(1); }    a scenario: it owns all that it waits on

#include "link/Scenario.h"

#include "link/Origins.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace taskleak {

static bool waits(const Instruction &I) {
  return !I.Flag.has(Flag::Try) &&
         (group(I.Code) == OpGroup::Wait || I.Code == Op::Join || I.Code == Op::Outside);
}

/// Something that a task can wait for.
static bool makes(const Instruction &I) { return I.Code == Op::Make || I.Code == Op::Spawn; }

namespace {
class Scenarios {
  const Unit &U;
  CallGraph Graph;
  std::vector<bool> Waits, Makes, MakesObjects, LetsGo, Chosen;
  std::vector<OriginSummary> Origin; ///< Of those that wait and make something, and what they run.
  /// The end of the program hides what these leave behind.
  std::vector<bool> CalledByMain;

  bool constructs(const Function &F, const Instruction &New) const;
  bool ownsSomething(const Function &F) const;
  bool isWorthRunning(FunctionId Id) const;

public:
  explicit Scenarios(const Unit &U);
  std::vector<Scenario> all();
};
} // namespace

template <class Test>
static std::vector<bool> reach(const Unit &U, const CallGraph &G, Test Holds) {
  std::vector<bool> Fact;
  for (const Function &F : U.Functions)
    Fact.push_back(anyInstruction(F, Holds));
  G.spreadToCallers(Fact);
  return Fact;
}

static std::vector<bool> both(std::vector<bool> A, const std::vector<bool> &B) {
  for (size_t I = 0; I < A.size(); ++I)
    A[I] = A[I] && B[I];
  return A;
}

/// A task goes on by itself, and what it may use ends.
static std::vector<bool> letsGo(const Unit &U, const CallGraph &Graph) {
  return both(reach(U, Graph, [](const Instruction &I) { return I.Code == Op::Detach; }),
              reach(U, Graph, [](const Instruction &I) { return I.Code == Op::End; }));
}

Scenarios::Scenarios(const Unit &U)
    : U(U), Graph(U), Waits(reach(U, Graph, waits)), Makes(reach(U, Graph, makes)),
      MakesObjects(reach(U, Graph, [](const Instruction &I) { return I.Code == Op::Make; })),
      LetsGo(letsGo(U, Graph)), Chosen(U.Functions.size()),
      Origin(originSummaries(U, Graph, both(Waits, Makes))), CalledByMain(U.Functions.size()) {
  for (FunctionId Id = 0; Id < U.Functions.size(); ++Id)
    if (U.Functions[Id].IsMain)
      for (FunctionId Callee : Graph.Callees[Id])
        CalledByMain[Callee] = true;
}

/// The record that \p New makes is handed to a function that makes objects: its constructor.
bool Scenarios::constructs(const Function &F, const Instruction &New) const {
  return anyInstruction(F, [&](const Instruction &I) {
    return I.Code == Op::Call && !I.Operands.empty() &&
           I.Operands[0] == Operand::slot(New.Result) && I.Callee < MakesObjects.size() &&
           MakesObjects[I.Callee];
  });
}

bool Scenarios::ownsSomething(const Function &F) const {
  return anyInstruction(F, [&](const Instruction &I) {
    return I.Code == Op::Make || I.Code == Op::Spawn ||
           (I.Code == Op::New && constructs(F, I));
  });
}

/// What is its own ends with it, and a task may go on. With its callers the process may end,
/// which would hide that.
static bool outlivesItsOwn(const Function &F) {
  bool CanBeRun = !F.InternalOnly || F.Params == 0;
  return CanBeRun && anyInstruction(F, [](const Instruction &I) { return I.Code == Op::End; });
}

bool Scenarios::isWorthRunning(FunctionId Id) const {
  if (LetsGo[Id])
    return true;
  if (!Waits[Id])
    return false;
  if (!U.Functions[Id].IsMain)
    return Makes[Id] && Origin[Id].WaitsOn.Made;
  // A program's globals are made before main, on its behalf.
  return Makes[Id] || any_of(U.Globals, [&](const Global &G) {
           return G.Initializer != NoId && Makes[G.Initializer];
         });
}

std::vector<Scenario> Scenarios::all() {
  for (FunctionId Id = 0; Id < U.Functions.size(); ++Id) {
    const Function &F = U.Functions[Id];
    bool Outermost = !F.Called || F.IsMain || CalledByMain[Id] ||
                     (!F.InternalOnly && ownsSomething(F)) || (LetsGo[Id] && outlivesItsOwn(F));
    Chosen[Id] = Outermost && isWorthRunning(Id);
  }
  std::vector<bool> Covered = Chosen;
  Graph.spreadToCallees(Covered);
  // What is left is called by nobody who is run: functions that call each other.
  for (FunctionId Id : reverse(Graph.BottomUp))
    if (!Covered[Id] && isWorthRunning(Id)) {
      Chosen[Id] = Covered[Id] = true;
      Graph.spreadToCallees(Covered);
    }
  std::vector<Scenario> Found;
  for (FunctionId Id : reverse(Graph.BottomUp))
    if (Chosen[Id])
      Found.push_back({Id, U.Functions[Id].IsMain});
  return Found;
}

std::vector<Scenario> scenarios(const Unit &U) { return Scenarios(U).all(); }

} // namespace taskleak
