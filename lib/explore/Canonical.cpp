// The canonical form of a state.

#include "explore/Canonical.h"

#include "explore/Roots.h"

#include "llvm/ADT/STLExtras.h"

#include <numeric>

namespace taskleak {

namespace {

/// Writes a state, or the part of it that one task reaches, as numbers that do
/// not depend on how objects and symbols are numbered.
class Encoder {
public:
  /// Kept from one state to the next, for the sake of what they have allocated.
  struct Buffers {
    std::vector<uint64_t> Out;
    std::vector<uint16_t> Number, SymbolNumber;
    std::vector<ObjectId> Met;
  };

private:
  const Program &P;
  const World &W;
  std::vector<uint64_t> &Out;
  std::vector<uint16_t> &Number; ///< Of each object; 0: not met yet.
  std::vector<ObjectId> &Met;
  std::vector<uint16_t> &SymbolNumber;
  size_t Written = 0;
  uint16_t Symbols = 0;

public:
  Encoder(const Program &P, const World &W, Buffers &Use)
      : P(P), W(W), Out(Use.Out), Number(Use.Number), Met(Use.Met),
        SymbolNumber(Use.SymbolNumber) {
    Out.clear();
    Met.clear();
    Number.assign(W.Heap.size(), 0);
    SymbolNumber.assign(W.Symbols->Terms.size(), 0);
  }

  bool isMet(ObjectId O) const { return Number[O]; }
  bool isLive(uint32_t Symbol) const { return SymbolNumber[Symbol]; }

  void task(const Task &T) {
    Out.push_back(uint64_t(T.At) | uint64_t(T.Woke) << 8 | uint64_t(T.IsEntry) << 16 |
                  uint64_t(T.Terminates) << 17 | uint64_t(T.Guessed) << 18 |
                  uint64_t(T.FreeBranches) << 24 | uint64_t(uint16_t(T.Picked)) << 32 |
                  uint64_t(uint16_t(T.CaseIndex)) << 48);
    Out.push_back(T.Stack.size() | T.Held.size() << 8 | uint64_t(T.Turn) << 16 |
                  uint64_t(T.Queues) << 24 | uint64_t(T.Loose) << 25);
    for (const auto &F : T.Stack)
      Out.push_back(uint64_t(F->F) << 40 | uint64_t(F->B) << 20 | F->Index);
    forEachRoot(P, T, [&](Value V) { value(V); });
  }

  void value(Value V) {
    if (V.pointsToObject())
      V.N = V.object() < W.Heap.size() && W.Heap[V.object()] ? number(V.object()) : 0;
    else if (V.isSymbol())
      return symbol(uint32_t(V.N));
    Out.push_back(V.bits());
  }

  void objects() {
    while (Written < Met.size()) {
      const Object &O = *W.Heap[Met[Written++]];
      bool OwnsLock = O.is(ObjectKind::Lock);
      Out.push_back(uint64_t(O.S) | uint64_t(O.Kind) << 8 | uint64_t(O.Escaped) << 16 |
                    uint64_t(O.WasReached) << 17 | uint64_t(O.EndedAt != NoId) << 18 |
                    uint64_t(O.Owners) << 24 | uint64_t(O.Site) << 32);
      Out.push_back(uint64_t(uint32_t(O.N[0])) | uint64_t(OwnsLock ? 0 : uint32_t(O.N[1])) << 32);
      Out.push_back(uint64_t(uint32_t(O.N[2])) | uint64_t(O.Items.size()) << 32 |
                    uint64_t(O.Guard != NoObject) << 62 | uint64_t(O.Holder != NoObject) << 63);
      for (const Item &I : O.Items)
        Out.push_back(uint64_t(I.Name) | uint64_t(I.Guard != NoObject) << 32);
      forEachPart(O, [&](Value V) { value(V); });
    }
  }

  /// Facts about what is still there, in an order of their own.
  void facts() {
    std::vector<uint64_t> Hashes;
    for (const Fact &F : W.Symbols->Facts)
      if (isKept(F.About)) {
        keep(F.About);
        uint64_t H[] = {term(F.About), hash(F.Is), F.IsCount};
        Hashes.push_back(mix(H));
      }
    llvm::sort(Hashes);
    Out.insert(Out.end(), Hashes.begin(), Hashes.end());
  }

  /// Whether a fact can matter again: its term can be built from what is there.
  bool isKept(const Term &T) const {
    bool AllFixed = llvm::none_of(T.Args, [](Value V) { return V.isSymbol(); });
    if (T.isTest() && AllFixed)
      return false;
    return llvm::all_of(T.Args, [&](Value V) {
      if (V.pointsToObject())
        return V.object() < Number.size() && Number[V.object()] != 0;
      if (!V.isSymbol())
        return true;
      const Term &Inner = W.Symbols->Terms[size_t(V.N)];
      return isLive(uint32_t(V.N)) || (Inner.K != Term::Kind::Fresh && isKept(Inner));
    });
  }

  void add(uint64_t N) { Out.push_back(N); }

  Fingerprint print() const {
    auto Bytes = llvm::ArrayRef(reinterpret_cast<const uint8_t *>(Out.data()),
                                Out.size() * sizeof(uint64_t));
    llvm::XXH128_hash_t H = llvm::xxh3_128bits(Bytes);
    return {H.high64, H.low64};
  }

private:
  static uint64_t mix(llvm::ArrayRef<uint64_t> Words) {
    return llvm::xxh3_64bits(llvm::ArrayRef(reinterpret_cast<const uint8_t *>(Words.data()),
                                            Words.size() * sizeof(uint64_t)));
  }

  uint16_t number(ObjectId O) {
    if (!Number[O]) {
      Met.push_back(O);
      Number[O] = uint16_t(Met.size());
    }
    return Number[O];
  }

  void symbol(uint32_t S) {
    if (SymbolNumber[S]) {
      Out.push_back(uint64_t(1) << 60 | SymbolNumber[S]);
      return;
    }
    SymbolNumber[S] = ++Symbols;
    const Term &T = W.Symbols->Terms[S];
    Out.push_back(uint64_t(1) << 61 | uint64_t(T.K) << 32 | T.Text);
    Out.push_back(uint64_t(T.Site) << 16 | T.Args.size());
    for (Value V : T.Args)
      value(V);
  }

  /// A symbol that only facts mention stays alive with them.
  void keep(const Term &T) {
    for (Value V : T.Args)
      if (V.isSymbol() && !SymbolNumber[size_t(V.N)]) {
        SymbolNumber[size_t(V.N)] = 0xffff;
        keep(W.Symbols->Terms[size_t(V.N)]);
      }
  }

  uint64_t hash(Value V) const {
    if (V.isSymbol()) {
      uint16_t N = SymbolNumber[size_t(V.N)];
      return N && N != 0xffff ? N + (uint64_t(1) << 60) : term(W.Symbols->Terms[size_t(V.N)]);
    }
    if (V.pointsToObject())
      V.N = V.object() < Number.size() ? Number[V.object()] : 0;
    return V.bits();
  }

  uint64_t term(const Term &T) const {
    llvm::SmallVector<uint64_t, 6> Words = {uint64_t(T.K), T.Text, T.Site};
    for (Value V : T.Args)
      Words.push_back(hash(V));
    return mix(Words);
  }
};

/// A task's place in the order: by where it stands, then by all that it reaches.
struct Rank {
  llvm::SmallVector<uint64_t, 6> Where;
  Fingerprint Reach;
};

llvm::SmallVector<uint64_t, 6> where(const Task &T) {
  llvm::SmallVector<uint64_t, 6> Out = {!T.IsEntry,
                                        uint64_t(T.Turn) << 16 | uint64_t(T.At) << 8 | T.Stack.size(),
                                        uint64_t(uint16_t(T.CaseIndex))};
  for (const auto &F : T.Stack)
    Out.push_back(uint64_t(F->F) << 40 | uint64_t(F->B) << 20 | F->Index);
  return Out;
}

llvm::SmallVector<uint8_t, 8> order(const Program &P, const World &W, Encoder::Buffers &Use) {
  llvm::SmallVector<Rank, 8> Ranks(W.Tasks.size());
  llvm::SmallVector<uint8_t, 8> Out(W.Tasks.size());
  std::iota(Out.begin(), Out.end(), uint8_t(0));
  for (size_t T = 0; T < Ranks.size(); ++T)
    Ranks[T].Where = where(*W.Tasks[T]);
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
    }
  auto Key = [&](uint8_t T) {
    return std::tuple(Ranks[T].Where, Ranks[T].Reach.High, Ranks[T].Reach.Low, T);
  };
  llvm::sort(Out, [&](uint8_t A, uint8_t B) { return Key(A) < Key(B); });
  return Out;
}

/// Finds out which objects more than one task reaches.
class Sharing {
  const Program &P;
  World &W;
  std::vector<uint8_t> Reached; ///< By: 0 nobody, n the n-th task, 255 several.

public:
  Sharing(const Program &P, World &W) : P(P), W(W), Reached(W.Heap.size()) {}

  void run() {
    if (W.Tasks.size() > 1) {
      for (Value G : W.Globals)
        visit(G, 255);
      for (size_t T = 0; T < W.Tasks.size(); ++T)
        forEachRoot(P, *W.Tasks[T], [&](Value V) { visit(V, uint8_t(T + 1)); });
    }
    for (size_t O = 0; O < Reached.size(); ++O)
      if (W.Heap[O] && W.Heap[O]->Reached != (Reached[O] == 255)) {
        W.Heap[O].edit().Reached = Reached[O] == 255;
        W.Heap[O].edit().WasReached = true;
      }
  }

private:
  void visit(Value V, uint8_t By) {
    llvm::SmallVector<std::pair<ObjectId, uint8_t>, 16> Work = {{V.object(), By}};
    while (!Work.empty()) {
      auto [O, Who] = Work.pop_back_val();
      if (!W.find(O) || Reached[O] == Who || Reached[O] == 255)
        continue;
      Reached[O] = Reached[O] ? 255 : Who;
      uint8_t Now = Reached[O];
      forEachPart(*W.find(O), [&](Value Part) {
        if (Part.pointsToObject())
          Work.push_back({Part.object(), Now});
      });
    }
  }
};

} // namespace

Canonical canonicalize(const Program &P, World &W) {
  static thread_local Encoder::Buffers Use;
  Canonical Out;
  Out.From = order(P, W, Use);
  if (!llvm::is_sorted(Out.From)) {
    auto Before = W.Tasks;
    for (size_t T = 0; T < Before.size(); ++T)
      W.Tasks[T] = Before[Out.From[T]];
  }
  Sharing(P, W).run();
  Encoder E(P, W, Use);
  E.add(W.Tasks.size());
  for (Value G : W.Globals)
    E.value(G);
  for (const auto &T : W.Tasks)
    E.task(*T);
  E.objects();
  E.facts();
  Out.Print = E.print();

  for (size_t O = 0; O < W.Heap.size(); ++O)
    if (W.Heap[O] && !E.isMet(ObjectId(O)))
      W.Heap[O] = {};
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
