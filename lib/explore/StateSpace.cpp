// Takes steps and notes where they lead; see StateSpace.h.

#include "explore/StateSpace.h"

#include "explore/Deadlock.h"
#include "explore/OutOfReach.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

void StateSpace::begin() {
  World W = firstWorld(S);
  Fingerprint Print = canonicalize(S.P, W).Print;
  add(Print, std::move(W), /*At=*/0);
}

void StateSpace::wait() {
  for (Unseen &State : New)
    Open.push(std::move(State), Level[State.Id]);
  New.clear();
}

uint16_t StateSpace::never(StateId Id, const World &W) {
  auto [Known, New] = Never.try_emplace(Id, uint16_t(0));
  if (New) {
    Known->second = heldUpByLocks(S.P, W);
    Known->second |= outOfReach(S.P, W, Known->second);
  }
  return Known->second;
}

void StateSpace::leave(StateId Id, const World &W) {
  uint16_t Stays = never(Id, W);
  G.Open.push_back({Id, Stays});
  for (unsigned T = 0; T < W.Tasks.size(); ++T)
    if (auto B = Stays >> T & 1 ? blockedTask(S, W, T) : std::nullopt) {
      B->In = Id;
      G.Blocked.push_back(*B);
    }
}

void StateSpace::leaveOpen() {
  Open.forEach([&](const Unseen &Left) { leave(Left.Id, Left.W); });
}

StateId StateSpace::add(Fingerprint Print, World W, unsigned At) {
  StateId Id = StateId(G.size());
  Known[Print] = Id;
  G.Prints.push_back(Print);
  G.Tasks.push_back(uint8_t(W.Tasks.size()));
  Level.push_back(uint8_t(At));
  New.push_back({Id, std::move(W)});
  return Id;
}

StateSpace::FirstStep StateSpace::stepFirst(StateId Id, const World &W) {
  for (unsigned T = 0; S.Limits.Reduce && T < W.Tasks.size(); ++T) {
    if (!goesFirst(S, W, T))
      continue;
    // That others wait must not keep them waiting for ever: a step that leads
    // nowhere new does not go first. Where it ends the process, nothing is waited for.
    Led To = step(Id, W, T);
    return {T, To.OnlyNew || To.OnlyElsewhere};
  }
  return {};
}

void StateSpace::expand(StateId Id, const World &W) {
  FirstStep First = stepFirst(Id, W);
  if (First.IsAll)
    return;
  for (unsigned T = 0; T < W.Tasks.size(); ++T)
    if (T != First.Task && readiness(S.P, W, T) != Readiness::Blocked)
      step(Id, W, T);
  recordBlocked(Id, W);
}

void StateSpace::recordBlocked(StateId Id, const World &W) {
  for (unsigned T = 0; T < W.Tasks.size(); ++T) {
    if (W.Tasks[T]->Suspended && W.find(W.Tasks[T]->Self)->Escaped)
      G.Free.push_back({Id, uint8_t(T)});
    if (auto I = idlingTask(S, W, T)) {
      I->In = Id;
      G.Idling.push_back(*I);
    }
    if (auto B = blockedTask(S, W, T)) {
      B->In = Id;
      G.Blocked.push_back(*B);
    }
  }
}

/// The task itself, or the one whose select it is a case of.
static unsigned whoSelects(const World &W, unsigned Task) {
  while (W.Tasks[Task]->Parent != NoObject)
    Task = W.taskOf(W.Tasks[Task]->Parent);
  return Task;
}

/// What more guesses lead to comes later, and what nobody believes last.
static unsigned levelAfter(unsigned Before, const Successor &To) {
  if (Before == Frontier::Doubted || To.Flipped)
    return Frontier::Doubted;
  return std::min(Before + unsigned(To.Made.size()), Frontier::Doubted - 1);
}

/// Those of \p Before that are not blocked in \p Now.
static uint16_t whoGoesOn(const Scene &S, const World &Before, const World &Now) {
  uint16_t Tasks = 0;
  for (unsigned T = 0; T < Before.Tasks.size(); ++T) {
    uint32_t Then = Now.taskOf(Before.Tasks[T]->Self);
    if (Then == NoId || !blockedTask(S, Now, Then))
      Tasks |= uint16_t(1u << T);
  }
  return Tasks;
}

StateSpace::Led StateSpace::step(StateId Id, const World &W, unsigned Task) {
  Led Out;
  unsigned For = whoSelects(W, Task);
  forEachSuccessor(S, W, Task, /*Release=*/false, [&](Successor &To) {
    ++Stats.Steps;
    Stats.Work += To.Work;
    Edge E{Id,      Elsewhere, To.Map, uint8_t(Task), uint8_t(std::min<size_t>(To.Made.size(), 255)),
           To.Flipped, To.Hung, To.Moved, To.How == Ending::GivenUp, uint8_t(For), To.By};
    if (For != Task && E.By.Wait != NoId)
      E.By.Wait = View(S.P, W, For).C.Site;
    if (To.How == Ending::Runs && To.Map[Task] == TaskMap::Gone)
      G.Over.insert(W.Tasks[Task]->Stack.front()->F);
    if (To.How == Ending::Runs) {
      auto At = Known.find(To.Print);
      if (KeepsKnown && At != Known.end())
        Again.push_back({At->second, std::move(To.Next)});
      Out.OnlyNew &= At == Known.end();
      Out.OnlyElsewhere = false;
      E.To = At != Known.end() ? At->second
                               : add(To.Print, std::move(To.Next), levelAfter(Level[Id], To));
    } else if (To.How == Ending::GivenUp) {
      Out.OnlyElsewhere = false; // Those who are stuck were so before.
      E.GoOn = whoGoesOn(S, W, To.Next);
    } else if (To.How == Ending::Truncated && Stats.OverWhat.empty()) {
      Stats.OverBudget = true;
      Stats.OverWhat = To.Bound.str();
    }
    for (const Guess &Made : To.Made)
      G.Guessed.push_back({uint32_t(G.Edges.size()), Made});
    if (To.LateUse != NoId && E.To != Elsewhere)
      G.Late.push_back({uint32_t(G.Edges.size()), To.LateUse});
    G.Edges.push_back(E);
    return true;
  });
  return Out;
}

} // namespace taskleak
