// One step in all its outcomes; the first state.

#include "explore/Successors.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

static TaskMap mapTasks(const World &Before, const World &After) {
  TaskMap Map;
  for (unsigned T = 0; T < Before.Tasks.size(); ++T) {
    unsigned To = After.taskOf(Before.Tasks[T]->Self);
    Map.set(T, To == NoId ? TaskMap::Gone : To);
  }
  return Map;
}

/// An instruction takes as long as so many words, and an outcome with nothing in it.
constexpr unsigned WorkOfInstruction = 10, WorkOfOutcome = 55;

void forEachSuccessor(const Scene &S, const World &W, unsigned Task, bool Release,
                      llvm::function_ref<bool(Successor &)> Visit, Record *Log,
                      llvm::function_ref<void(const World &, Record &)> Named) {
  Choices Chosen;
  Forks Left;
  do {
    while (!Left.empty() && Left.back().Made > Chosen.firstNew())
      Left.pop_back();
    Successor Out;
    unsigned Known = 0; // Instructions that another run has run.
    Out.Next = Left.empty() ? W : Left.back().At;
    if (Log)
      *Log = {};
    Machine M(S.P, S.D, S.Limits, Out.Next, Task, Chosen, Log);
    if (!Left.empty()) {
      Progress Then = Left.back().Then;
      Known = Then.Steps;
      Chosen.resume(Left.back().Made);
      if (Chosen.isLast(Left.back().Made))
        Left.pop_back();
      Out.How = M.resume(Then, Left);
    } else {
      Out.How = Release ? M.release() : M.run(Log ? nullptr : &Left);
    }
    Out.Made = M.Made;
    Out.Flipped = M.Flipped;
    Out.Hung = M.Hung;
    Out.Moved = M.Moved;
    Out.By = M.By;
    Out.Bound = M.Bound;
    Out.LateUse = M.LateUse;
    Out.Log = Log;
    if (Named)
      Named(Out.Next, *Log);
    Out.Work = WorkOfOutcome + WorkOfInstruction * (M.Steps - Known);
    if (Out.How == Ending::Runs) {
      Canonical Form = canonicalize(S.P, Out.Next);
      Out.Print = Form.Print;
      Out.Work += Form.Words;
      Out.Map = mapTasks(W, Out.Next);
      if (Out.Next.liveObjects() > S.Limits.Objects) {
        Out.How = Ending::Truncated;
        Out.Bound = "objects";
      }
    }
    if (!Visit(Out))
      return;
  } while (Chosen.advance());
}

World firstWorld(const Scene &S) {
  const Program &P = S.P;
  World W;
  W.Callable = &P.Callable;
  Object Handle;
  Handle.S = Body::Sync;
  Handle.Kind = ObjectKind::Task;
  Task Main;
  Main.Self = W.add(std::move(Handle));
  Main.IsEntry = true;
  const CodeFunction *Fn = P.function(P.Entry);
  Frame First;
  First.F = P.Entry;
  First.Slots.resize(Fn->Slots);
  for (uint32_t I = 0; I < Fn->F->Params; ++I) {
    Term T;
    T.Site = NoId;
    T.Text = I < Fn->F->Slots.size() ? P.intern(Fn->F->Slots[I].Name) : TextId(0);
    First.Slots[I] = Value::symbol(W.Symbols.edit().intern(std::move(T)));
  }
  if (P.HasNoArguments) // But for the program's name.
    First.Slots[0] = Value::integer(1);
  Main.Stack.push_back(CopyOnWrite<Frame>(std::move(First)));
  W.Globals.resize(P.OwnsGlobals ? P.U.Globals.size() : P.MadeGlobals);
  // Initializers run first, in order: the last one lies at the bottom.
  for (size_t G = W.Globals.size(); G-- > 0;)
    if (const CodeFunction *Init = P.function(P.U.Globals[G].Initializer); Init && P.isMade(G)) {
      Frame F;
      F.F = P.U.Globals[G].Initializer;
      F.Result = int32_t(G);
      F.Slots.resize(Init->Slots);
      Main.Stack.push_back(CopyOnWrite<Frame>(std::move(F)));
    }
  W.Tasks.push_back(CopyOnWrite<Task>(std::move(Main)));
  canonicalize(P, W);
  return W;
}

bool goesFirst(const Scene &S, const World &W, unsigned Task) {
  if (readiness(S.P, W, Task) == Readiness::Blocked)
    return false;
  ObjectId Strand = strandOf(W, *W.Tasks[Task]);
  if (Strand != NoObject && W.find(Strand)->Holder != W.Tasks[Task]->Self)
    return false;
  Mover M = mover(S.P, S.D, W, Task);
  return M == Mover::Local || M == Mover::Release;
}

} // namespace taskleak
