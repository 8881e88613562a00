// Who has the locks that blocked tasks wait for.

#include "explore/HeldLocks.h"

#include "explore/Schedule.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

void Takings::note(const Record::Event &E, unsigned By) {
  if (!E.Stack.empty() && E.Ended == Outcome::Ok && E.Object.isRef())
    All.push_back({E.Object.object(), E.Task, By, E.At, E.Stack});
}

/// How many of the functions in \p Then have been left, if \p Now is where the task is.
static unsigned left(llvm::ArrayRef<CopyOnWrite<Frame>> Then,
                     llvm::ArrayRef<CopyOnWrite<Frame>> Now) {
  size_t Same = 0;
  while (Same < Then.size() && Same < Now.size() && Then[Same]->Activation == Now[Same]->Activation)
    ++Same;
  return unsigned(Then.size() - Same);
}

void Takings::describe(HeldLock &Held, ObjectId Lock, ObjectId Task, const World &W) const {
  auto Last = llvm::find_if(llvm::reverse(All),
                            [&](const Taking &T) { return T.Lock == Lock && T.Task == Task; });
  if (Last == All.rend())
    return;
  Held.By = Last->By;
  Held.Taken = Last->At;
  for (const auto &F : llvm::drop_begin(llvm::reverse(Last->Stack)))
    Held.Callers.push_back({F->F, F->B, F->Index});
  unsigned Index = W.taskOf(Task);
  Held.Left =
      Index == NoId ? unsigned(Last->Stack.size()) : left(Last->Stack, W.Tasks[Index]->Stack);
}

static llvm::SmallVector<ObjectId, 2> ownersOf(const Object &Lock) {
  llvm::SmallVector<ObjectId, 2> Out;
  if (Lock.N[0] > 0)
    Out.push_back(ObjectId(Lock.N[1]));
  for (const Item &Reader : Lock.Items)
    if (!llvm::is_contained(Out, Reader.V.object()))
      Out.push_back(Reader.V.object());
  return Out;
}

std::vector<HeldLock> Takings::heldIn(const Scene &S, const World &W,
                                      const std::map<ObjectId, unsigned> &Trails) const {
  std::vector<HeldLock> Out;
  std::map<ObjectId, std::vector<unsigned>> Waiting;
  for (unsigned T = 0; T < W.Tasks.size(); ++T)
    if (ObjectId Lock = View(S.P, W, T).lockInTheWay(); Lock != NoObject && blockedTask(S, W, T))
      Waiting[Lock].push_back(Trails.at(W.Tasks[T]->Self));
  for (auto &[Lock, Tasks] : Waiting)
    for (ObjectId Owner : ownersOf(*W.find(Lock))) {
      HeldLock Held;
      Held.Name = nameOf(S.P, W, Value::ref(Lock));
      Held.Shared = W.find(Lock)->N[0] == 0;
      Held.WaitedForBy = Tasks;
      describe(Held, Lock, Owner, W);
      if (Held.Taken.isValid())
        Out.push_back(std::move(Held));
    }
  return Out;
}

} // namespace taskleak
