// Questions about one stuck task and its schedule.

#include "finding/Witness.h"

#include "finding/Origin.h"
#include "finding/Words.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

/// A task without a name of its own is called after the variable that keeps it,
/// else after what it runs.
std::string Witness::nameOf(unsigned Task) const {
  const TaskTrail &T = S.Tasks[Task];
  if (!T.Spawned.isValid() || !at(U, T.Spawned).Text.empty())
    return T.Name;
  std::string Handle = handleOf(U, T.Spawned);
  if (!Handle.empty())
    return Handle;
  return T.Name.empty() && root(Task) != NoId ? U.Functions[root(Task)].Name : T.Name;
}

std::string Witness::task(unsigned Task) const {
  std::string Name = nameOf(Task);
  if (!S.Tasks[Task].Spawned.isValid())
    return Name;
  unsigned SameBefore = 0, Same = 0;
  for (unsigned Other = 0; Other < S.Tasks.size(); ++Other)
    if (S.Tasks[Other].Spawned.isValid() && nameOf(Other) == Name) {
      SameBefore += Other < Task;
      ++Same;
    }
  bool IsCoroutine = at(U, S.Tasks[Task].Spawned).Flag.has(Flag::Suspended);
  std::string Kind = IsCoroutine ? "coroutine" : "task";
  std::string Out = Name.empty() ? "a " + Kind : Kind + " " + quoted(Name);
  return Same == 1 ? Out : Out + " (" + std::to_string(SameBefore + 1) + ")";
}

std::string Witness::object() const { return quoted(S.Object, S.Kind); }

/// "select on 'a' and 'b'", by what its cases are stuck on.
std::string Witness::selectNoun() const {
  llvm::SmallVector<std::string, 4> Names;
  for (const ScheduleStep &Step : S.Schedule) {
    std::string Name = quoted(Step.Object);
    if (Step.Blocks && !Step.Object.empty() && llvm::is_contained(S.Cases, Step.At) &&
        !llvm::is_contained(Names, Name))
      Names.push_back(Name);
  }
  std::string Out = "select";
  for (size_t I = 0; I < Names.size(); ++I)
    Out += (I == 0 ? " on " : I + 1 == Names.size() ? " and " : ", ") + Names[I];
  return Out;
}

std::string Witness::wait() const {
  const Instruction &I = at(U, S.At);
  return I.Code == Op::Select && S.Object.empty() ? selectNoun() : waitNoun(I, S.Object);
}

FunctionId Witness::root(unsigned Task) const {
  InstructionRef Spawn = S.Tasks[Task].Spawned;
  if (!Spawn.isValid())
    return S.Entry;
  // What has been seen of the task beats what its start shows.
  for (const ScheduleStep &Step : S.Schedule)
    if (Step.Task == Task && isEnd(Step))
      return Step.At.F;
  if (Task == S.Victim)
    return S.Callers.empty() ? S.At.F : S.Callers.back().F;
  return spawnedFunction(U, Spawn);
}

bool Witness::couldDo(unsigned Task, std::initializer_list<Op> Codes) const {
  return mayDo(U, root(Task), Codes);
}

/// The operations of which each task owes its share to an object of a kind. A
/// notify is owed by nobody in particular.
static llvm::ArrayRef<Op> shares(ObjectKind Kind) {
  static constexpr Op Counter[] = {Op::Count};
  static constexpr Op Barrier[] = {Op::Arrive};
  static constexpr Op Event[] = {Op::Fulfil, Op::Break};
  switch (Kind) {
  case ObjectKind::Counter:
    return Counter;
  case ObjectKind::Barrier:
    return Barrier;
  case ObjectKind::Event:
    return Event;
  default:
    return {};
  }
}

llvm::SmallVector<unsigned, 4> Witness::tasksThatLeftOut() const {
  llvm::SmallVector<unsigned, 4> Out;
  for (unsigned Task = 0; Task < S.Tasks.size(); ++Task) {
    const TaskTrail &T = S.Tasks[Task];
    auto Touches = [&](const ScheduleStep &Step) {
      return Step.Task == Task && Step.Object == S.Object &&
             llvm::is_contained(shares(S.Kind), at(U, Step.At).Code);
    };
    if (T.Ended && T.Spawned.isValid() && mayDo(U, root(Task), shares(S.Kind)) &&
        llvm::none_of(S.Schedule, Touches))
      Out.push_back(Task);
  }
  return Out;
}

llvm::SmallVector<unsigned, 4> Witness::stepsThat(std::initializer_list<Op> Codes) const {
  llvm::SmallVector<unsigned, 4> Out;
  for (unsigned I = 0; I < S.Schedule.size(); ++I) {
    const ScheduleStep &Step = S.Schedule[I];
    if (Step.Object == S.Object && llvm::is_contained(Codes, at(U, Step.At).Code))
      Out.push_back(I);
  }
  return Out;
}

llvm::SmallVector<unsigned, 4> Witness::tasksThat(std::initializer_list<Op> Codes) const {
  llvm::SmallVector<unsigned, 4> Out;
  for (unsigned I : stepsThat(Codes)) {
    unsigned Task = S.Schedule[I].Task;
    if (Task != S.Victim && !llvm::is_contained(Out, Task))
      Out.push_back(Task);
  }
  return Out;
}

llvm::SmallVector<unsigned, 2> Witness::holders() const {
  llvm::SmallVector<unsigned, 2> Out(S.HeldUpBy.begin(), S.HeldUpBy.end());
  for (unsigned I = 0; Out.empty() && I < S.Tasks.size(); ++I)
    if (S.Tasks[I].Hung && I != S.Victim)
      Out.push_back(I);
  return Out;
}

unsigned Witness::lastWait(unsigned Task) const {
  if (S.Tasks[Task].Ended)
    return NoId;
  for (unsigned I = S.Schedule.size(); I-- > 0;)
    if (S.Schedule[I].Task == Task)
      return S.Schedule[I].Blocks ? I : NoId;
  return NoId;
}

llvm::StringRef Witness::blockedOn(unsigned Task) const {
  if (Task == S.Victim)
    return S.Object;
  unsigned Step = lastWait(Task);
  return Step == NoId ? llvm::StringRef() : llvm::StringRef(S.Schedule[Step].Object);
}

bool Witness::isEnd(const ScheduleStep &Step) const { return Step.Note == "ends"; }

std::string Witness::stuckIn(unsigned Task) const {
  const TaskTrail &T = S.Tasks[Task];
  if (!T.Blocked.isValid())
    return "stuck";
  const Instruction &I = at(U, T.Blocked);
  return (T.Hung ? "stuck in " : "stuck in its ") + waitNoun(I, blockedOn(Task));
}

unsigned Witness::startedBy(unsigned Step) const {
  InstructionRef Spawn = S.Schedule[Step].At;
  auto IsSame = [&](const ScheduleStep &Other) { return Other.At == Spawn; };
  auto Nth = llvm::count_if(llvm::ArrayRef(S.Schedule).take_front(Step), IsSame);
  for (unsigned I = 0; I < S.Tasks.size(); ++I)
    if (S.Tasks[I].Spawned == Spawn && Nth-- == 0)
      return I;
  return NoId;
}

std::string Witness::functionOf(unsigned Step) const {
  return quoted(U.Functions[S.Schedule[Step].At.F].Name);
}

} // namespace taskleak
