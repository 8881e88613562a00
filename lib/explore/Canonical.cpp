// The canonical form of a state.

#include "explore/Canonical.h"

#include "explore/CaptureEnds.h"
#include "explore/Encoder.h"

#include "llvm/ADT/STLExtras.h"

#include <numeric>

namespace taskleak {

namespace {

/// A task's place in the order: by where it stands, then by all that it reaches.
struct Rank {
  bool IsEntry = false;
  FunctionId Body = 0;
  uint64_t Where = 0;
  Fingerprint Reach;
};

uint64_t where(const Task &T) {
  uint64_t Out = uint64_t(T.Turn) << 32 | uint64_t(uint16_t(T.CaseIndex)) << 16 |
                 uint64_t(T.At) << 8 | T.Stack.size();
  for (const auto &F : T.Stack) {
    uint64_t Words[] = {Out, position(*F)};
    Out = mix(Words);
  }
  return Out;
}

/// \p Words counts what had to be written for it.
llvm::SmallVector<uint8_t, 8> order(const Program &P, const World &W, Encoder::Buffers &Use,
                                    unsigned &Words) {
  llvm::SmallVector<Rank, 8> Ranks(W.Tasks.size());
  llvm::SmallVector<uint8_t, 8> Out(W.Tasks.size());
  std::iota(Out.begin(), Out.end(), uint8_t(0));
  if (Out.size() < 2)
    return Out;
  for (size_t T = 0; T < Ranks.size(); ++T) {
    Ranks[T].IsEntry = W.Tasks[T]->IsEntry;
    Ranks[T].Body = W.Tasks[T]->Stack.empty() ? 0 : W.Tasks[T]->Stack[0]->F;
    Ranks[T].Where = where(*W.Tasks[T]);
  }
  auto IsTied = [&](size_t T) {
    for (size_t Other = 0; Other < Ranks.size(); ++Other)
      if (Other != T && Ranks[Other].Where == Ranks[T].Where)
        return true;
    return false;
  };
  for (size_t T = 0; T < Ranks.size(); ++T)
    if (IsTied(T)) {
      Encoder E(P, W, Use);
      E.task(*W.Tasks[T]);
      E.objects();
      Ranks[T].Reach = E.print();
      Words += E.words();
    }
  auto Key = [&](uint8_t T) {
    const Rank &R = Ranks[T];
    return std::tuple(!R.IsEntry, R.Body, R.Where, R.Reach.High, R.Reach.Low, T);
  };
  llvm::sort(Out, [&](uint8_t A, uint8_t B) { return Key(A) < Key(B); });
  return Out;
}

} // namespace

/// All but the facts; finds out what several tasks reach.
static void encode(Encoder &E, const World &W) {
  E.add(W.Tasks.size());
  if (W.Tasks.size() > 1)
    E.readsForAll();
  for (Value G : W.Globals)
    E.value(G);
  E.objects();
  for (size_t T = 0; T < W.Tasks.size(); ++T) {
    if (W.Tasks.size() > 1)
      E.reads(uint8_t(T + 1));
    E.task(*W.Tasks[T]);
    E.objects();
  }
  E.spreadSharing();
}

static void noteSharing(Encoder &E, World &W) {
  uint64_t Was = 0;
  unsigned N = 0;
  for (ObjectId O : E.met()) {
    if (W.Heap[O]->Reached != E.isShared(O)) {
      Object &Now = W.Heap[O].edit();
      Now.Reached = E.isShared(O);
      Now.WasReached = true;
    }
    Was |= uint64_t(W.Heap[O]->WasReached) << N;
    if (++N == 64) {
      E.add(Was);
      Was = N = 0;
    }
  }
  E.add(Was);
}

/// True if that may have changed what is left.
static bool endCallables(World &W, llvm::ArrayRef<ObjectId> Garbage) {
  bool IsAny = false;
  for (ObjectId O : Garbage)
    if (ownsCaptures(*W.Heap[O])) {
      endCaptures(W, Object(*W.Heap[O]));
      IsAny = true;
    }
  return IsAny;
}

static Canonical again(const Program &P, World &W, const Canonical &Before) {
  Canonical Out = canonicalize(P, W);
  for (uint8_t &From : Out.From)
    From = Before.From[From];
  Out.Words += Before.Words;
  return Out;
}

Canonical canonicalize(const Program &P, World &W) {
  static thread_local Encoder::Buffers Use;
  Canonical Out;
  Out.From = order(P, W, Use, Out.Words);
  if (!llvm::is_sorted(Out.From)) {
    auto Before = W.Tasks;
    for (size_t T = 0; T < Before.size(); ++T)
      W.Tasks[T] = Before[Out.From[T]];
  }
  Encoder E(P, W, Use);
  encode(E, W);
  noteSharing(E, W);
  E.facts();
  Out.Print = E.print();
  Out.Words += E.words();

  llvm::SmallVector<ObjectId, 8> Garbage;
  for (size_t O = 0; O < W.Heap.size(); ++O)
    if (W.Heap[O] && !E.isMet(ObjectId(O)))
      Garbage.push_back(ObjectId(O));
  bool HasEnded = endCallables(W, Garbage);
  for (ObjectId O : Garbage)
    W.Heap[O] = {};
  if (HasEnded)
    return again(P, W, Out);
  const SymbolTable &Table = *W.Symbols;
  bool HasDead = llvm::any_of(Table.Facts, [&](const Fact &F) { return !E.isKept(F.About); });
  for (uint32_t S = 0; S < Table.Live.size(); ++S)
    HasDead |= Table.Live[S] && !E.isLive(S);
  if (HasDead) {
    SymbolTable &Now = W.Symbols.edit();
    llvm::erase_if(Now.Facts, [&](const Fact &F) { return !E.isKept(F.About); });
    for (uint32_t S = 0; S < Now.Live.size(); ++S)
      Now.Live[S] = Now.Live[S] && E.isLive(S);
  }
  return Out;
}

} // namespace taskleak
