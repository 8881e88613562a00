// Objects and symbols get their numbers as they are met.

#include "explore/Encoder.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

void Encoder::task(const Task &T) {
  Out.push_back(uint64_t(T.At) | uint64_t(T.Woke) << 8 | uint64_t(T.IsEntry) << 16 |
                uint64_t(T.Terminates) << 17 | uint64_t(T.Guessed) << 18 |
                uint64_t(T.EverGuessed) << 19 | uint64_t(T.FreeBranches) << 24 |
                uint64_t(uint16_t(T.Picked)) << 32 | uint64_t(uint16_t(T.CaseIndex)) << 48);
  Out.push_back(T.Stack.size() | T.Held.size() << 8 | uint64_t(T.Turn) << 16 |
                uint64_t(T.Queues) << 24 | uint64_t(T.Loose) << 25 | uint64_t(T.Suspended) << 26 |
                uint64_t(T.Resumer != NoObject) << 27 |
                uint64_t(T.Raised) << 32);
  for (const auto &F : T.Stack)
    Out.push_back(uint64_t(F->Runs.isRef()) << 63 | position(*F));
  forEachRoot(P, T, [&](Value V) { value(V); });
}

void Encoder::value(Value V) {
  if (V.pointsToObject())
    V.N = V.object() < W.Heap.size() && W.Heap[V.object()] ? number(V.object()) : 0;
  else if (V.isSymbol())
    return symbol(uint32_t(V.N));
  Out.push_back(V.bits());
}

void Encoder::objects() {
  while (Written < Met.size()) {
    const Object &O = *W.Heap[Met[Written++]];
    bool OwnsLock = O.is(ObjectKind::Lock);
    Out.push_back(uint64_t(O.S) | uint64_t(O.Kind) << 8 | uint64_t(O.Escaped) << 16 |
                  uint64_t(O.Foreign) << 17 | uint64_t(O.EndedAt != NoId) << 18 |
                  uint64_t(O.Owners) << 24 | uint64_t(O.Site) << 32);
    Out.push_back(uint64_t(uint32_t(O.N[0])) | uint64_t(OwnsLock ? 0 : uint32_t(O.N[1])) << 32);
    Out.push_back(uint64_t(uint32_t(O.N[2])) | uint64_t(O.Items.size()) << 32 |
                  uint64_t(O.Whole != NoObject) << 61 | uint64_t(O.Guard != NoObject) << 62 |
                  uint64_t(O.Holder != NoObject) << 63);
    for (const Item &I : O.Items)
      Out.push_back(uint64_t(I.Name) | uint64_t(I.Guard != NoObject) << 32);
    forEachPart(O, [&](Value V) { value(V); });
  }
}

void Encoder::spreadSharing() {
  for (size_t Next = 0; Next < Shared.size(); ++Next)
    forEachPart(*W.Heap[Shared[Next]], [&](Value Part) {
      if (Part.pointsToObject() && W.find(Part.object()))
        share(Part.object());
    });
}

void Encoder::facts() {
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

bool Encoder::isKept(const Term &T) const {
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

Fingerprint Encoder::print() const {
  auto Bytes = llvm::ArrayRef(reinterpret_cast<const uint8_t *>(Out.data()),
                              Out.size() * sizeof(uint64_t));
  llvm::XXH128_hash_t H = llvm::xxh3_128bits(Bytes);
  return {H.high64, H.low64};
}

uint16_t Encoder::number(ObjectId O) {
  if (!Number[O]) {
    Met.push_back(O);
    Number[O] = uint16_t(Met.size());
    By[O] = Reader;
  } else if (By[O] != Reader) {
    share(O);
  }
  return Number[O];
}

void Encoder::share(ObjectId O) {
  if (By[O] == Several)
    return;
  By[O] = Several;
  Shared.push_back(O);
}

void Encoder::symbol(uint32_t S) {
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

void Encoder::keep(const Term &T) {
  for (Value V : T.Args)
    if (V.isSymbol() && !SymbolNumber[size_t(V.N)]) {
      SymbolNumber[size_t(V.N)] = 0xffff;
      keep(W.Symbols->Terms[size_t(V.N)]);
    }
}

uint64_t Encoder::hash(Value V) const {
  if (V.isSymbol()) {
    uint16_t N = SymbolNumber[size_t(V.N)];
    return N && N != 0xffff ? N + (uint64_t(1) << 60) : term(W.Symbols->Terms[size_t(V.N)]);
  }
  if (V.pointsToObject())
    V.N = V.object() < Number.size() ? Number[V.object()] : 0;
  return V.bits();
}

uint64_t Encoder::term(const Term &T) const {
  llvm::SmallVector<uint64_t, 6> Words = {uint64_t(T.K), T.Text, T.Site};
  for (Value V : T.Args)
    Words.push_back(hash(V));
  return mix(Words);
}

} // namespace taskleak
