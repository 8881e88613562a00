// Tasks that wait until a timeout again and again, and are as good as stuck: somebody waits
// for their end, and nobody can bring what would make them leave their loop.
//   while (!stopped_) changed_.wait_for(lock, period);   // and the owner only joins

#include "explore/Idling.h"

#include "explore/Hearing.h"
#include "explore/Paths.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace taskleak {

namespace {

class Idlers {
  const Graph &G;
  std::vector<uint16_t> Can;
  std::vector<uint16_t> Idle; ///< In each state, those that only time ever moves.
  std::vector<bool> Others;   ///< States in which another is stuck: who idles may follow from it.
  std::set<uint32_t> Served;  ///< Waits that somebody has ended, and that can come again in vain.

public:
  explicit Idlers(const Graph &G)
      : G(G), Can(movableWhileGrowing(G)), Idle(G.size()), Others(G.size()) {
    std::vector<uint16_t> Hears(G.size()), Rounds(G.size());
    for (StateId S = 1; S < G.size(); ++S)
      Hears[S] = uint16_t(~Can[S]);
    bool AnyGrows = llvm::any_of(G.Edges, [](const Edge &Step) { return Step.By.Grows; });
    for (const Edge &Step : G.Edges) {
      uint16_t Over = Step.By.Grows ? uint16_t(0) : endsIn(G, Step);
      // What is read of a container that grows may be different one day.
      uint16_t Differs = AnyGrows && Step.By.Reads ? 0xffff : 0;
      Hears[Step.From] |= uint16_t(Over | Differs | (Step.By.Wait != NoId) << Step.For);
      Rounds[Step.From] |= uint16_t(Step.By.Time << Step.For);
    }
    Hears = ahead(G, std::move(Hears));
    Rounds = ahead(G, std::move(Rounds));
    for (StateId S = 1; S < G.size(); ++S)
      Idle[S] = Rounds[S] & ~Hears[S];
    std::vector<uint16_t> WillIdle = ahead(G, Idle);
    for (const Edge &Step : G.Edges) {
      bool IsWoken = Step.By.Wait != NoId && Step.To != Elsewhere;
      unsigned Then = IsWoken ? Step.Map[Step.For] : unsigned(TaskMap::Gone);
      if (Then != TaskMap::Gone && WillIdle[Step.To] >> Then & 1)
        Served.insert(Step.By.Wait);
    }
    for (const BlockedTask &B : G.Blocked)
      Others[B.In] = Others[B.In] || (B.WaitsFor == 0 && isStuck(B, Can[B.In]));
  }

  bool isIdle(const IdlingTask &I) const { return Idle[I.In] >> I.Task & 1 && !Others[I.In]; }

  /// A notify may as well have told it to end.
  bool isFed(const IdlingTask &I) const {
    return I.Site != NoId && I.Kind != ObjectKind::Condition && Served.count(I.Site);
  }

  /// Not by design: somebody has served it, or ended one that runs the same.
  bool goesOnInVain(const IdlingTask &I) const {
    return (I.Site != NoId && Served.count(I.Site)) || G.Over.count(I.Root);
  }

  bool isWaitedForBy(const IdlingTask &I, const BlockedTask &B) const {
    return endless(B, Can[B.In]) >> I.Task & 1;
  }
};

/// What is told for each place: the best way to get there.
class Told {
  const Paths &From;
  std::map<std::pair<uint32_t, ObjectKind>, std::pair<Cost, StuckTask>> Best;

public:
  explicit Told(const Paths &From) : From(From) {}

  void add(const IdlingTask &I, const BlockedTask &B, bool IsFed) {
    BlockedTask Idler{.In = I.In, .Task = I.Task, .Site = I.Site, .Kind = I.Kind};
    StuckTask Found{
        .Wait = I.Site == NoId ? B : Idler, .Path = {}, .Idles = IdleFor{I.Task, B.Task, IsFed}};
    const Cost &Now = From.To[I.In];
    auto [At, New] = Best.try_emplace({Found.Wait.Site, Found.Wait.Kind}, Now, Found);
    if (!New && Now < At->second.first)
      At->second = {Now, Found};
  }

  std::vector<StuckTask> take(const Graph &G) {
    std::vector<StuckTask> Out;
    for (auto &[Key, Found] : Best) {
      Found.second.Path = From.path(G, Found.second.Wait.In);
      Out.push_back(std::move(Found.second));
    }
    return Out;
  }
};

} // namespace

std::vector<StuckTask> idleTasks(const Graph &G) {
  if (llvm::none_of(G.Edges, [](const Edge &Step) { return Step.By.Time; }))
    return {};
  Idlers Known(G);
  std::map<StateId, std::vector<const IdlingTask *>> In;
  std::set<FunctionId> Wait; // What waits is told where it does so.
  for (const IdlingTask &I : G.Idling)
    if (Known.isIdle(I) && Known.goesOnInVain(I)) {
      In[I.In].push_back(&I);
      if (I.Site != NoId)
        Wait.insert(I.Root);
    }
  if (In.empty())
    return {};
  Paths From(G);
  Told Out(From);
  for (const BlockedTask &B : G.Blocked) {
    const Cost &C = From.To[B.In];
    auto Here = In.find(B.In);
    if (Here == In.end() || !C.isPossible() || C.Hung > 0)
      continue;
    for (const IdlingTask *I : Here->second)
      if (Known.isWaitedForBy(*I, B) && (I->Site != NoId || !Wait.count(I->Root)))
        Out.add(*I, B, Known.isFed(*I));
  }
  return Out.take(G);
}

/// Whether the function of a frame comes to an end on some path from there.
static bool mayReturn(const Program &P, const Frame &F) {
  const Function &Fn = P.U.Functions[F.F];
  std::vector<bool> Seen(Fn.Blocks.size());
  std::vector<BlockId> Work = {F.B};
  while (!Work.empty()) {
    BlockId B = Work.back();
    Work.pop_back();
    if (Seen[B])
      continue;
    Seen[B] = true;
    const Instruction &Last = Fn.Blocks[B].Body.back();
    if (Last.Code == Op::Return)
      return true;
    llvm::append_range(Work, Last.Targets);
  }
  return false;
}

/// The end of what owns the task waits for it.
static bool isInDestructor(const Program &P, const Task &Waiter) {
  return llvm::any_of(Waiter.Stack, [&](const auto &F) {
    return at(P.U, {F->F, F->B, F->Index}).Flag.has(Flag::Implicit);
  });
}

bool tellIdle(const Scene &S, Witnessed &Of, IdleFor Whom) {
  Stuck &R = Of.Report;
  const Task &Idler = *Of.Last.Tasks[Whom.Idler];
  if (!llvm::all_of(Idler.Stack, [&](const auto &F) { return mayReturn(S.P, *F); }))
    return false;
  // What is assumed may be why it is not ended here, unless its owner is.
  bool IsOwnerOver = isInDestructor(S.P, *Of.Last.Tasks[Whom.Waiter]);
  if (!R.Assumptions.empty() && !Whom.IsFed && !IsOwnerOver)
    return false;
  if (Whom.Idler == Of.Victim) {
    R.Endless = true;
    R.Tasks[R.Victim].Blocked = R.At;
    return true;
  }
  R.Sleeps = sleepInLoop(S.P, Of.Last, Idler);
  R.HeldUpBy = {Of.TrailOf[Whom.Idler]};
  return R.Sleeps.isValid();
}

} // namespace taskleak
