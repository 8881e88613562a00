// The loop of one step, and what every operation needs.

#include "explore/Machine.h"
#include "explore/Subjects.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace taskleak {

Ending Machine::run(Forks *Left) {
  Strand = strandOf(W, task());
  if (Strand != NoObject)
    W.edit(Strand).Holder = Self;
  turns().take(index());
  // A lock that is taken first makes a critical section: everything up to the
  // first operation that others can tell, and from there what they cannot.
  MayCommit = Limits.Reduce && takesLock();
  return goOn(Left);
}

Ending Machine::resume(const Progress &Then, Forks &Left) {
  Progress::operator=(Then);
  return goOn(&Left);
}

Ending Machine::goOn(Forks *Left) {
  do {
    size_t Made = Chosen.made();
    bool IsFork = Left && mayChoose() && (Left->empty() || Left->back().Made < Made);
    if (IsFork)
      Left->push_back({Made, W, *this});
    execute();
    if (IsFork && Chosen.made() == Made)
      Left->pop_back();
    if (++Steps > Limits.LocalSteps)
      truncate("steps");
  } while (goesOn());
  if (State == Ending::Runs)
    turns().giveReady();
  return State;
}

/// Whether the instruction is of those that choose often: to remember the world before it costs
/// less than to come here again.
bool Machine::mayChoose() const {
  View V = view();
  switch (V.C.op()) {
  case Op::Branch:
    return V.T.FreeBranches > 0 || !known(V.arg(0));
  case Op::Extern:
  case Op::CallClosure:
  case Op::CallVirtual:
    return V.C.has(Flag::Throws);
  case Op::Symbol:
    return V.C.has(Flag::Timed);
  case Op::Lt:
  case Op::Le:
    return V.arg(0).isSymbol() || V.arg(1).isSymbol();
  default:
    return false;
  }
}

/// Whether the step begins with a lock that others want too.
bool Machine::takesLock() const {
  View V = view();
  if (V.C.op() == Op::Lock)
    return mover(P, D, W, index()) == Mover::Boundary;
  return V.wantsLockBack() && V.waitLock()->Reached;
}

bool Machine::goesOn() {
  if (State != Ending::Runs || Ended)
    return false;
  if (isUpdating())
    return true;
  if (Stop || !Limits.Reduce)
    return false;
  // Paths meet again sooner as states than as choices of one step.
  if (Chosen.made() > 5)
    return false;
  switch (mover(P, D, W, index())) {
  case Mover::Local:
    return true;
  case Mover::Release:
    return Committed = true;
  case Mover::Commit:
    if (!MayCommit || Committed)
      return false;
    return Committed = true;
  case Mover::Boundary:
    return false;
  }
  return false;
}

/// Whether an atomic has been read and is still to be written.
bool Machine::isUpdating() {
  if (!Updating)
    return false;
  OpGroup Next = group(view().C.op());
  Updating = Next == OpGroup::Value || Next == OpGroup::Memory || view().C.op() == Op::Branch ||
              view().C.op() == Op::Jump;
  // How this memory is touched is to be noticed all the same.
  if (Updating)
    mover(P, D, W, index());
  return Updating;
}

void Machine::execute() {
  const Code &C = view().C;
  Updating = (C.op() == Op::Get && C.has(Flag::Update)) || (Updating && C.op() != Op::Put);
  OpGroup Group = group(C.op());
  bool KeepsGuess = Group <= OpGroup::Call || Group == OpGroup::Terminator || C.op() == Op::Wait;
  if (task().Guessed && !KeepsGuess)
    editTask().Guessed = false;
  switch (Group) {
  case OpGroup::Value:
    Moved = true;
    return value(C);
  case OpGroup::Memory:
    Moved = true;
    return memory(C);
  case OpGroup::Call:
    Moved = true;
    return call(C);
  case OpGroup::Task:
    return taskOperation(C);
  case OpGroup::Object:
    Moved = true;
    return object(C);
  case OpGroup::Wait:
    return wait(C);
  case OpGroup::Waker:
    Moved = true;
    return waker(C);
  case OpGroup::Terminator:
    Moved = true;
    return terminator(C);
  }
}

void Machine::set(SlotId Slot, Value V) {
  Frame &Top = editTask().editTop();
  if (Slot < Top.Slots.size())
    Top.Slots[Slot] = V;
}

void Machine::advance() { ++editTask().editTop().Index; }

void Machine::enterBlock(BlockId B) {
  Frame &Top = editTask().editTop();
  const CodeBlock &To = P.function(Top.F)->Blocks[B];
  // Where paths meet, states do; and a loop that nobody notices must end somewhere.
  constexpr unsigned MostRounds = 12;
  Stop |= (To.Joins && Undecided) || (To.LoopHead && ++Rounds > MostRounds);
  Top.B = B;
  Top.Index = 0;
}

void Machine::truncate(llvm::StringRef What) {
  if (State == Ending::Runs)
    Bound = What;
  State = Ending::Truncated;
}

unsigned Machine::choose(unsigned Count) {
  if (Count < 2)
    return 0;
  Undecided = true;
  return Picked = Chosen.choose(Count);
}

/// Whether the time is not up: it may be so, and otherwise, at any time.
bool Machine::hasTime() {
  bool Is = choose(2) == 0;
  if (!Is)
    noteGuess();
  return Is;
}

void Machine::noteGuess() {
  if (!isMain())
    return;
  for (auto &T : W.Tasks)
    if (!T->EverGuessed)
      T.edit().EverGuessed = true;
}

void Machine::assume(const Code &C, llvm::function_ref<std::string()> Text, Value About) {
  Made.push_back({C.Site, uint8_t(Picked)});
  noteGuess();
  Subjects Of(P, W);
  if (Log)
    Log->Assumptions.push_back(
        {P.site(C.Site), Text(), Of.isOfCaller(About), Of.isOfState(About), Of.isInexact(About), Of.subject(About)});
}

Record::Event *Machine::log(const Code &C, Value Object) {
  if (!Log)
    return nullptr;
  Record::Event E;
  E.Task = Self;
  E.At = P.site(C.Site);
  E.Object = Object;
  if (C.op() == Op::Lock)
    E.Stack.assign(task().Stack.begin(), task().Stack.end());
  Log->Events.push_back(std::move(E));
  return &Log->Events.back();
}

} // namespace taskleak
