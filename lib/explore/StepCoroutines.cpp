// Coroutines of the program's own: each is a task that runs only while another, which has
// resumed it, waits for it to suspend or end.
//   queue.front().resume();   // until its next co_await that is not ready

#include "explore/Machine.h"

namespace taskleak {

/// Runs a coroutine, or lets it end where it is; null and what is not known run nothing.
void Machine::resume(const Code &C, Value Coroutine) {
  unsigned Index = Coroutine.isRef() ? W.taskOf(Coroutine.object()) : NoId;
  Stop = true;
  Moved = true;
  if (Index == NoId || !W.Tasks[Index]->Suspended)
    return finish(C, Outcome::Ok, Coroutine, Value());
  bool Ends = C.has(Flag::Drop);
  bool HasBegun = W.Tasks[Index]->At != Phase::Idle;
  if (Ends && !HasBegun) {
    end(Index);
    return finish(C, Outcome::Ok, Coroutine, Value());
  }
  Task &Other = W.Tasks[Index].edit();
  Other.Suspended = false;
  Other.Resumer = Self;
  if (HasBegun) {
    Other.At = Phase::Woken;
    Other.Woke = Ends ? Outcome::Cancelled : Outcome::Ok;
  }
  editTask().At = Phase::Waiting;
}

/// Who has run it calls what it is suspended with, and goes on.
void Machine::suspend(const Code &C) {
  ObjectId Resumer = task().Resumer;
  Moved = true;
  if (Resumer == NoObject)
    return finish(C, Outcome::Ok, Value(), Value());
  unsigned Index = W.taskOf(Resumer);
  size_t Depth = task().Stack.size();
  Value Then = view().arg(0);
  editTask().At = Phase::Waiting;
  editTask().Suspended = true;
  editTask().Resumer = NoObject;
  if (W.find(Self)->Escaped) // It may be resumed from out of sight.
    for (const auto &F : task().Stack)
      for (Value Slot : F->Slots)
        W.escape(Slot, W.find(Self)->Foreign);
  bool IsKnown = enterCallable(Then, {}, ToResume) && task().Stack.size() > Depth;
  if (IsKnown) {
    auto Top = task().Stack.back();
    editTask().Stack.pop_back();
    if (Index != NoId) {
      W.Tasks[Index].edit().Stack.push_back(Top);
      W.Tasks[Index].edit().At = Phase::Idle;
    }
  } else {
    W.escape(Then);
    giveBack(Resumer);
  }
  if (!C.has(Flag::Drop))
    return;
  end(index());
  Ended = true;
}

/// What it has run has suspended or ended.
void Machine::giveBack(ObjectId Resumer) {
  unsigned Index = W.taskOf(Resumer);
  if (Index == NoId)
    return;
  Task &T = W.Tasks[Index].edit();
  T.At = Phase::Woken;
  T.Woke = Outcome::Ok;
}

} // namespace taskleak
