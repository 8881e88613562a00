// Writes a state as numbers that do not depend on how it came about.

#pragma once

#include "explore/Canonical.h"
#include "explore/Roots.h"

namespace taskleak {

/// A hash of some words.
inline uint64_t mix(llvm::ArrayRef<uint64_t> Words) {
  return llvm::xxh3_64bits(llvm::ArrayRef(reinterpret_cast<const uint8_t *>(Words.data()),
                                          Words.size() * sizeof(uint64_t)));
}

/// Writes a state, or the part of it that one task reaches, as numbers that do
/// not depend on how objects and symbols are numbered.
class Encoder {
public:
  /// Kept from one state to the next, for the sake of what they have allocated.
  struct Buffers {
    std::vector<uint64_t> Out;
    std::vector<uint16_t> Number, SymbolNumber;
    std::vector<ObjectId> Met, Shared;
    std::vector<uint8_t> By;
  };

private:
  const Program &P;
  const World &W;
  std::vector<uint64_t> &Out;
  std::vector<uint16_t> &Number; ///< Of each object; 0: not met yet.
  std::vector<ObjectId> &Met;
  std::vector<uint16_t> &SymbolNumber;
  std::vector<uint8_t> &By;      ///< Of each object: `Reader` when it was met; Several.
  std::vector<ObjectId> &Shared; ///< Those that several reach, as far as it is known.
  size_t Written = 0;
  uint16_t Symbols = 0;
  uint8_t Reader = 0;
  static constexpr uint8_t Several = 255;

public:
  Encoder(const Program &P, const World &W, Buffers &Use)
      : P(P), W(W), Out(Use.Out), Number(Use.Number), Met(Use.Met), SymbolNumber(Use.SymbolNumber),
        By(Use.By), Shared(Use.Shared) {
    Out.clear();
    Met.clear();
    Shared.clear();
    Number.assign(W.Heap.size(), 0);
    By.assign(W.Heap.size(), 0);
    SymbolNumber.assign(W.Symbols->Terms.size(), 0);
  }

  /// From here on it is the \p N-th task that reaches what is met.
  void reads(uint8_t N) { Reader = N; }
  /// Several tasks reach all that is met from here on.
  void readsForAll() { Reader = Several; }

  bool isMet(ObjectId O) const { return Number[O]; }
  llvm::ArrayRef<ObjectId> met() const { return Met; }
  bool isShared(ObjectId O) const { return By[O] == Several; }
  bool isLive(uint32_t Symbol) const { return SymbolNumber[Symbol]; }

  void task(const Task &T);
  void value(Value V);
  void objects();
  /// What several reach, they all reach the parts of.
  void spreadSharing();
  /// Facts about what is still there, in an order of their own.
  void facts();
  /// Whether a fact can matter again: its term can be built from what is there.
  bool isKept(const Term &T) const;
  void add(uint64_t N) { Out.push_back(N); }

  unsigned words() const { return unsigned(Out.size()); }
  Fingerprint print() const;

private:
  uint16_t number(ObjectId O);
  void share(ObjectId O);
  void symbol(uint32_t S);
  /// A symbol that only facts mention stays alive with them.
  void keep(const Term &T);
  uint64_t hash(Value V) const;
  uint64_t term(const Term &T) const;
};

} // namespace taskleak
