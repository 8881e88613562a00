// From the explorer's schedule to trails: which tasks and steps matter to the
// stuck one, and what each of them did.

#include "finding/Trails.h"

#include "finding/Origin.h"
#include "finding/Witness.h"
#include "finding/Words.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

namespace taskleak {

namespace {

/// One line of the explanation before it goes to its task's trail.
struct Line {
  unsigned Task;
  Place At;
  std::string Message;
  bool Stuck = false;
};

/// What a task that ended should have done to an object of a kind.
const char *missingAct(ObjectKind Kind) {
  switch (Kind) {
  case ObjectKind::Counter:
    return "counting down ";
  case ObjectKind::Barrier:
    return "arriving at ";
  case ObjectKind::Event:
    return "fulfilling ";
  default:
    return "waking ";
  }
}

class Writer {
  const Unit &U;
  const Stuck &S;
  Witness W;
  llvm::StringSet<> Objects; ///< That the victim and those who hold it up wait for.
  std::vector<bool> Matters;
  llvm::SmallVector<unsigned, 4> LeftOut; ///< Tasks whose path leaves something out.
  std::vector<std::vector<bool>> Runs; ///< For each task: the functions it may run.
  std::vector<std::vector<Line>> Before; ///< The assumptions told before each step.

public:
  Writer(const Unit &U, const Stuck &S)
      : U(U), S(S), W(U, S), Matters(S.Tasks.size()), LeftOut(W.tasksThatLeftOut()),
        Before(S.Schedule.size()) {
    for (unsigned Task = 0; Task < S.Tasks.size(); ++Task)
      Runs.push_back(reachable(U, W.root(Task)));
    chooseObjects();
    chooseTasks();
    // What a user calls, the calls tell.
    for (const Assumption &A : S.Assumptions)
      if (!U.Functions[A.At.F].Driver)
        placeAssumption(A);
    // Who starts a task that matters, matters too; starters come before the started.
    for (unsigned Step = S.Schedule.size(); Step-- > 0;)
      if (startsOneThatMatters(Step))
        Matters[S.Schedule[Step].Task] = true;
  }

  std::vector<Line> lines() const {
    std::vector<Line> Out;
    for (unsigned I = 0; I < S.Schedule.size(); ++I) {
      const ScheduleStep &Step = S.Schedule[I];
      llvm::append_range(Out, Before[I]);
      if (Matters[Step.Task] && isTold(I))
        Out.push_back({Step.Task, placeOf(Step), message(I), isLastWait(I)});
    }
    return Out;
  }

private:
  void chooseObjects() {
    for (unsigned Task : W.holders())
      if (!W.blockedOn(Task).empty())
        Objects.insert(W.blockedOn(Task));
    if (!S.Object.empty())
      Objects.insert(S.Object);
  }

  void chooseTasks() {
    Matters[S.Victim] = true;
    for (unsigned Task : W.holders())
      Matters[Task] = true;
    for (unsigned Task : LeftOut)
      Matters[Task] = true;
    for (const ScheduleStep &Step : S.Schedule)
      if (Step.Threw || Objects.contains(Step.Object))
        Matters[Step.Task] = true;
  }

  bool startsOneThatMatters(unsigned Step) const {
    if (at(U, S.Schedule[Step].At).Code != Op::Spawn)
      return false;
    unsigned Task = W.startedBy(Step);
    return Task != NoId && Matters[Task];
  }

  /// A return that nobody wrote stands where its function does.
  Place placeOf(const ScheduleStep &Step) const {
    Place Own = at(U, Step.At).At;
    return Own.isValid() ? Own : U.Functions[Step.At.F].At;
  }

  bool isLastWait(unsigned I) const { return W.lastWait(S.Schedule[I].Task) == I; }

  /// The end of a task is told if it could have woken the victim.
  bool isEnd(unsigned I) const { return W.isEnd(S.Schedule[I]); }

  bool isTold(unsigned I) const {
    const ScheduleStep &Step = S.Schedule[I];
    if (isEnd(I))
      return leftOut(Step.Task) || isOtherEnd(Step.Task);
    switch (at(U, Step.At).Code) {
    case Op::Spawn:
      return startsOneThatMatters(I);
    case Op::Kill:
    case Op::Request:
    case Op::Call:
      return true;
    case Op::Lock:
    case Op::Unlock:
      // Taking a lock explains nothing if it was given back.
      if (!isLastWait(I) && !isKept(I))
        return false;
      break;
    default:
      break;
    }
    return Step.Threw || isLastWait(I) || Objects.contains(Step.Object);
  }

  /// The step takes a lock that the task still has in the end.
  bool isKept(unsigned I) const {
    const ScheduleStep &Step = S.Schedule[I];
    auto Keeps = [&](const HeldLock &L) {
      return L.By == Step.Task && L.Name == Step.Object && L.Taken == Step.At;
    };
    auto Again = [&](const ScheduleStep &Later) {
      return !Later.Blocks && Later.Task == Step.Task && Later.At == Step.At &&
             Later.Object == Step.Object;
    };
    return !Step.Blocks && llvm::any_of(S.Locks, Keeps) &&
           llvm::none_of(llvm::ArrayRef(S.Schedule).drop_front(I + 1), Again);
  }

  std::string message(unsigned I) const {
    const ScheduleStep &Step = S.Schedule[I];
    const Instruction &Instr = at(U, Step.At);
    if (isEnd(I))
      return leftOut(Step.Task) ? "ends without " + (missingAct(S.Kind) + W.object()) : "ends";
    if (Instr.Code == Op::Call)
      return Instr.Text;
    if (Instr.Code == Op::Spawn)
      return "starts " + W.task(W.startedBy(I));
    std::string Text = Step.Blocks ? waitVerb(Instr, Step.Object)
                                   : doneVerb(Instr, Step.Object, Step.Ended);
    if (isLastWait(I) && S.Endless && Step.Task == S.Victim)
      Text += " until a timeout, again and again";
    else if (isLastWait(I))
      Text += Instr.Code == Op::Wait ? ", never woken" : " for ever";
    else if (Step.Threw)
      Text += ", which throws";
    if (Step.Note.empty())
      return Text;
    return Text + (llvm::StringRef(Step.Note).starts_with("wakes") ? ", which " : ": ") + Step.Note;
  }

  /// An assumption is told where its function is at that time: before the next
  /// step of that function, of a task whose path leaves something out if there
  /// is one; else before the end of a task that runs the function.
  void placeAssumption(const Assumption &A) {
    unsigned Next = NoId, OfMissing = NoId, End = NoId;
    for (unsigned I = 0; I < S.Schedule.size(); ++I) {
      const ScheduleStep &Step = S.Schedule[I];
      bool Follows = Step.At.F == A.At.F && (A.At < Step.At || isEnd(I));
      if (Follows && Next == NoId)
        Next = I;
      if (Follows && OfMissing == NoId && leftOut(Step.Task))
        OfMissing = I;
      if (isEnd(I) && End == NoId && runs(Step.Task, A.At.F))
        End = I;
    }
    for (unsigned I : {OfMissing, Next, End})
      if (I != NoId)
        return tell(Before[I], S.Schedule[I].Task, A);
    // The function runs no further before the end: its task decided that early on.
    for (unsigned I = 0; I < S.Schedule.size(); ++I)
      if (runs(S.Schedule[I].Task, A.At.F) || I + 1 == S.Schedule.size())
        return tell(Before[I], S.Schedule[I].Task, A);
  }

  bool runs(unsigned Task, FunctionId F) const { return Runs[Task][F]; }

  void tell(std::vector<Line> &Where, unsigned Task, const Assumption &A) {
    Matters[Task] = true;
    Where.push_back({Task, at(U, A.At).At, "assuming " + A.Text});
  }

  /// It was at the other end of the channel that the victim waits at.
  bool isOtherEnd(unsigned Task) const {
    bool Receives = at(U, S.At).Code == Op::Receive;
    return llvm::is_contained(
        Receives ? W.tasksThat({Op::Send}) : W.tasksThat({Op::Receive, Op::Poll}), Task);
  }

  bool leftOut(unsigned Task) const { return llvm::is_contained(LeftOut, Task); }
};

/// The same line twice in a row, as loops make them, is told once.
void joinRepeats(std::vector<Line> &Lines) {
  std::vector<Line> Out;
  std::vector<unsigned> Times;
  for (Line &L : Lines) {
    bool Repeats = !Out.empty() && Out.back().Task == L.Task && Out.back().At == L.At &&
                   Out.back().Message == L.Message;
    if (Repeats) {
      ++Times.back();
      continue;
    }
    Out.push_back(std::move(L));
    Times.push_back(1);
  }
  for (size_t I = 0; I < Out.size(); ++I)
    if (Times[I] > 1)
      Out[I].Message += ", " + std::to_string(Times[I]) + " times";
  Lines = std::move(Out);
}

} // namespace

std::vector<Trail> trails(const Unit &U, const Stuck &S) {
  std::vector<Line> Lines = Writer(U, S).lines();
  joinRepeats(Lines);
  std::vector<Trail> Out;
  Witness W(U, S);
  for (unsigned Task = 0; Task < S.Tasks.size(); ++Task) {
    Trail T{W.task(Task), {}};
    for (unsigned I = 0; I < Lines.size(); ++I)
      if (Lines[I].Task == Task)
        T.Steps.push_back({Lines[I].At, Lines[I].Message, I + 1, Lines[I].Stuck});
    if (!T.Steps.empty())
      Out.insert(Task == S.Victim ? Out.begin() : Out.end(), std::move(T));
  }
  return Out;
}

} // namespace taskleak
