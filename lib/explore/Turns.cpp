// The order of ready tasks; see Turns.h.

#include "explore/Turns.h"

#include "llvm/ADT/bit.h"

namespace taskleak {

bool isOthersTurn(const View &V) {
  for (unsigned I = 0; V.T.Turn && I < V.W.Tasks.size(); ++I) {
    const Task &T = *V.W.Tasks[I];
    bool IsBefore = T.Strand == V.T.Strand && T.Turn && T.Turn < V.T.Turn && !T.Loose;
    if (IsBefore && readinessAlone(View(V.P, V.W, I)) != Readiness::Blocked)
      return true;
  }
  return false;
}

/// Who was before it and cannot go on has tried to in vain, and has no turn until it can.
void Turns::take(unsigned Index) {
  if (Strand == NoObject || !W.Tasks[Index]->Queues)
    return;
  uint8_t Own = W.Tasks[Index]->Turn;
  for (unsigned I = 0; I < W.Tasks.size(); ++I) {
    const Task &T = *W.Tasks[I];
    bool IsBefore = strandOf(W, T) == Strand && T.Turn && T.Turn < Own;
    if (IsBefore && readinessAlone(View(P, W, I)) == Readiness::Blocked)
      W.Tasks[I].edit().Turn = 0;
  }
  Task &Now = W.Tasks[Index].edit();
  Now.Turn = 0;
  Now.Loose = false;
}

/// Where another thread has made them ready, nobody knows when their own gets to know.
void Turns::give(llvm::ArrayRef<unsigned> Tasks) {
  uint8_t Last = 0;
  for (const auto &T : W.Tasks)
    if (strandOf(W, *T) == Strand)
      Last = std::max(Last, T->Turn);
  for (unsigned I : Tasks) {
    const Task &T = *W.Tasks[I];
    if (!T.Queues || T.Turn || T.Loose)
      continue;
    if (strandOf(W, T) == Strand && !endings(View(P, W, I)).Any)
      W.Tasks[I].edit().Turn = Last + 1;
    else
      W.Tasks[I].edit().Loose = true;
  }
}

void Turns::giveReady() {
  llvm::SmallVector<unsigned, 4> Ready;
  for (unsigned I = 0; I < W.Tasks.size(); ++I) {
    const Task &T = *W.Tasks[I];
    ObjectId On = T.Queues && !T.Turn ? strandOf(W, T) : NoObject;
    if (On != NoObject && W.find(On)->Holder != T.Self &&
        readinessAlone(View(P, W, I)) != Readiness::Blocked)
      Ready.push_back(I);
  }
  if (!Ready.empty())
    give(Ready);
  closeRanks();
}

/// Only the order matters, not how long it has been kept.
void Turns::closeRanks() {
  uint32_t Taken = 0;
  auto IsInLine = [&](const Task &T) { return T.Turn && strandOf(W, T) == Strand; };
  for (const auto &T : W.Tasks)
    if (IsInLine(*T))
      Taken |= 1u << T->Turn;
  for (auto &T : W.Tasks) {
    uint32_t UpTo = (2u << T->Turn) - 1;
    uint8_t Rank = uint8_t(llvm::popcount(Taken & UpTo));
    if (IsInLine(*T) && Rank != T->Turn)
      T.edit().Turn = Rank;
  }
}

void Turns::goLast(unsigned Index, bool Loosely) {
  if (!W.Tasks[Index]->Queues || Strand == NoObject)
    return;
  giveReady();
  give(Index);
  W.Tasks[Index].edit().Loose = Loosely;
}

} // namespace taskleak
