// Replays a path of the graph and writes down what others could see of it.

#include "explore/Schedule.h"
#include "explore/CopyTrail.h"
#include "explore/Hearing.h"
#include "explore/HeldLocks.h"
#include "explore/Statics.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace taskleak {

namespace {

class Replay {
  const Scene &S;
  const Graph &G;
  Witnessed Out;
  World W;
  std::map<ObjectId, unsigned> Trail;    ///< Running tasks: index into the report's.
  std::map<unsigned, uint32_t> BlockedAt;///< Trail: the site where it is known to wait.
  std::vector<uint32_t> StepSites;       ///< For each step: where its object was made.
  Takings Taken;
  CopyTrail Copies;
  std::vector<std::pair<std::string, uint32_t>> Named; ///< Of the events of one step.
  unsigned LastMover = 0;                ///< Index of its trail.

public:
  Replay(const Scene &S, const Graph &G) : S(S), G(G), W(firstWorld(S)) {
    Trail[W.Tasks[0]->Self] = 0;
    const Function &Entry = S.P.U.Functions[S.P.Entry];
    std::string Name = Entry.Driver ? Entry.Name : "main task";
    Out.Report.Tasks.push_back({std::move(Name), {}, false, false, {}, false});
    noteBlocked();
  }

  bool follow(uint32_t EdgeIndex) {
    const Edge &E = G.Edges[EdgeIndex];
    bool Found = false;
    Record Log;
    CopyTrail Spoken;
    auto Name = [&](const World &Now, Record &R) {
      Named.clear();
      for (const Record::Event &Event : R.Events) {
        const auto *O = Now.find(Event.Object);
        Named.push_back({nameOf(S.P, Now, Event.Object), O ? O->Site : NoId});
      }
      Spoken = Copies;
      Spoken.note(S.P, Now, R);
    };
    auto Take = [&](Successor &To) {
      if (To.How != Ending::Runs || To.Print != G.Prints[E.To] || To.Hung != E.Hung ||
          To.Made.size() != E.Assumptions || To.Flipped != E.Flipped || To.Moved != E.Moved)
        return true;
      Found = true;
      ObjectId Mover = W.Tasks[E.Task]->Self;
      W = std::move(To.Next);
      Copies = std::move(Spoken);
      Copies.keepLiving(W);
      write(Log, Mover, To.Moved);
      return false;
    };
    World Before = W;
    forEachSuccessor(S, Before, E.Task, /*Release=*/false, Take, &Log, Name);
    return Found;
  }

  Witnessed finish(const StuckTask &Which) {
    Stuck &R = Out.Report;
    Out.Victim = Which.Wait.Task;
    for (unsigned T = 0; T < W.Tasks.size(); ++T)
      Out.TrailOf.push_back(Trail[W.Tasks[T]->Self]);
    R.Entry = S.P.Entry;
    R.Victim = Out.TrailOf[Out.Victim];
    R.At = S.P.site(Which.Wait.Site);
    R.Kind = Which.Wait.Kind;
    R.ForTasks = Which.Wait.WaitsFor != 0;
    describeTasks();
    describeWait();
    if (Which.Idles && Which.Idles->Idler == Out.Victim)
      add({.Task = R.Victim, .At = R.At, .Blocks = true, .Object = R.Object, .Note = {}}, NoId);
    R.Locks = Taken.heldIn(S, W, Trail);
    dropIdleLocks();
    Out.Last = std::move(W);
    return std::move(Out);
  }

  /// The last step of the path is the late use.
  std::optional<Stuck> finishLate(const StuckTask &Which) {
    Stuck &R = Out.Report;
    if (!R.Gone)
      return std::nullopt;
    R.Entry = S.P.Entry;
    R.Victim = LastMover;
    R.At = S.P.site(Which.Wait.Site);
    R.Object = R.Gone->Name;
    describeTasks();
    dropIdleLocks();
    return std::move(R);
  }

private:
  void write(const Record &Log, ObjectId Mover, bool Moved) {
    LastMover = Trail[Mover];
    Out.Report.Gone = Log.Gone;
    Out.Stores.insert(Out.Stores.end(), Log.Stores.begin(), Log.Stores.end());
    std::erase_if(Out.Stores, [&](const auto &Store) { return !W.find(Store.Object); });
    if (Moved && Trail.count(Mover))
      BlockedAt.erase(Trail[Mover]);
    for (size_t I = 0; I < Log.Events.size(); ++I) {
      const Record::Event &E = Log.Events[I];
      for (ObjectId New : E.Started)
        begin(New, E.At);
      bool IsSelect = at(S.P.U, E.At).Code == Op::Select && !E.Started.empty();
      if (IsSelect)
        continue;
      ScheduleStep Step;
      Step.Task = Trail[E.Task];
      Taken.note(E, Step.Task);
      Step.At = E.At;
      Step.Ended = E.Ended;
      Step.Threw = E.Threw;
      Step.Object = Named[I].first;
      Step.Note = E.EndsTask ? "ends" : E.Note;
      add(std::move(Step), Named[I].second);
    }
    for (const Assumption &A : Log.Assumptions) {
      auto Known = llvm::find_if(Out.Report.Assumptions, [&](const Assumption &Other) {
        bool IsOfOneThing = A.Subject && Other.Subject == A.Subject && !A.OfState;
        return IsOfOneThing || (Other.At == A.At && Other.Text == A.Text);
      });
      if (Known == Out.Report.Assumptions.end()) {
        Out.Report.Assumptions.push_back(A);
        continue;
      }
      // The last guess about a thing is the one that matters: what came before led to it.
      unsigned Times = Known->Times + 1;
      *Known = A;
      Known->Times = Times;
    }
    for (auto At = Trail.begin(); At != Trail.end();) {
      if (W.taskOf(At->first) != NoId) {
        ++At;
        continue;
      }
      Out.Report.Tasks[At->second].Ended = true;
      At = Trail.erase(At);
    }
    noteBlocked();
  }

  void begin(ObjectId Task, InstructionRef At) {
    Trail[Task] = unsigned(Out.Report.Tasks.size());
    const Instruction &I = at(S.P.U, At);
    Out.Report.Tasks.push_back({I.Text, At, false, false, {}, false});
  }

  void add(ScheduleStep Step, uint32_t Site) {
    Out.Report.Schedule.push_back(std::move(Step));
    StepSites.push_back(Site);
  }

  /// Adds a step for each task that has come to a wait and does not go on.
  void noteBlocked() {
    for (unsigned T = 0; T < W.Tasks.size(); ++T) {
      unsigned Index = Trail[W.Tasks[T]->Self];
      auto B = blockedTask(S, W, T);
      if (!B) {
        BlockedAt.erase(Index);
        continue;
      }
      if (!BlockedAt.try_emplace(Index, B->Site).second)
        continue;
      View V(S.P, W, T);
      ScheduleStep Step;
      Step.Task = Index;
      Step.At = S.P.site(B->Site);
      Step.Blocks = true;
      Step.Object = nameOf(S.P, W, V.wanted());
      const auto *O = W.find(V.wanted());
      add(std::move(Step), O ? O->Site : NoId);
    }
  }

  void describeTasks() {
    for (unsigned T = 0; T < W.Tasks.size(); ++T) {
      const Task &Now = *W.Tasks[T];
      TaskTrail &Told = Out.Report.Tasks[Trail[Now.Self]];
      Told.Detached = W.find(Now.Self)->N[2] != 0;
      Told.Hung = Now.At == Phase::Hung;
      if (auto B = blockedTask(S, W, T))
        Told.Blocked = S.P.site(B->Site);
      nameTask(Told, Now);
    }
  }

  /// A task without a name of its own is called after what it runs.
  void nameTask(TaskTrail &Told, const Task &Now) {
    if (Told.Name.empty())
      Told.Name = S.P.U.Functions[Now.Stack.front()->F].Name;
  }

  void describeWait() {
    Stuck &R = Out.Report;
    View V(S.P, W, Out.Victim);
    for (size_t I = V.T.Stack.size() - 1; I-- > 0;) {
      const Frame &F = *V.T.Stack[I];
      R.Callers.push_back({F.F, F.B, F.Index});
    }
    Value Object = V.wanted();
    R.Object = nameOf(S.P, W, Object);
    if (const auto *O = W.find(Object)) {
      R.Made = S.P.hasSite(O->Site) ? S.P.site(O->Site) : InstructionRef();
      R.Static = isStatic(S.P, W, Object);
      R.IsDestroyed = R.Static && isDestroyedAtExit(S.P, W, Object);
    }
    R.StoppedAtExit = V.C.Cancel && isRequestedAtExit(S.P, W, V.value(*V.C.Cancel));
    const auto *Memory = W.find(Object.object());
    InstructionRef LetGo = letGoAt(S.P, W, V.T);
    R.Gone.reset();
    if (Memory && Memory->EndedAt != NoId && LetGo.isValid())
      R.Gone = Outlived{R.Object, S.P.site(Memory->EndedAt), LetGo};
    R.Copy = Copies.usedInsteadOf(S.P, W, Object);
    R.Unheard = unheardRequest(S, W, Out.Victim);
    if (V.C.op() == Op::Select)
      for (unsigned T = 0; T < W.Tasks.size(); ++T)
        if (W.Tasks[T]->Parent == V.T.Self)
          R.Cases.push_back(S.P.site(View(S.P, W, T).C.Site));
  }

  /// Locks that nobody ever waits for explain nothing.
  void dropIdleLocks() {
    auto &Schedule = Out.Report.Schedule;
    std::vector<ScheduleStep> Kept;
    auto IsLock = [&](const ScheduleStep &Step) {
      Op Code = at(S.P.U, Step.At).Code;
      return Code == Op::Lock || Code == Op::Unlock;
    };
    for (size_t I = 0; I < Schedule.size(); ++I) {
      bool Contended = false;
      for (size_t J = 0; J < Schedule.size(); ++J)
        Contended |= Schedule[J].Blocks && StepSites[J] == StepSites[I];
      if (!IsLock(Schedule[I]) || Contended || Schedule[I].Threw)
        Kept.push_back(std::move(Schedule[I]));
    }
    Schedule = std::move(Kept);
  }
};

} // namespace

std::optional<Witnessed> witness(const Scene &S, const Graph &G, const StuckTask &Which) {
  Replay R(S, G);
  for (uint32_t E : Which.Path)
    if (!R.follow(E))
      return std::nullopt;
  return R.finish(Which);
}

std::optional<Stuck> witnessLate(const Scene &S, const Graph &G, const StuckTask &Which) {
  Replay R(S, G);
  for (uint32_t E : Which.Path)
    if (!R.follow(E))
      return std::nullopt;
  return R.finishLate(Which);
}

} // namespace taskleak
