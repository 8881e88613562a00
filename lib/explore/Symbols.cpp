// Terms and facts about unknown values.

#include "explore/Symbols.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

const Fact *SymbolTable::fact(const Term &T) const {
  for (const Fact &F : Facts)
    if (F.About.same(T))
      return &F;
  return nullptr;
}

std::optional<uint32_t> SymbolTable::find(const Term &T) const {
  for (uint32_t S = 0; S < Terms.size(); ++S)
    if (Live[S] && Terms[S].same(T))
      return S;
  return std::nullopt;
}

void SymbolTable::learn(Term T, Value Is, bool IsCount) {
  if (T.K == Term::Kind::Fresh)
    return;
  llvm::erase_if(Facts, [&](const Fact &F) { return F.About.same(T); });
  Facts.push_back({std::move(T), Is, IsCount});
}

uint32_t SymbolTable::intern(Term T) {
  uint32_t Free = uint32_t(Terms.size());
  for (uint32_t S = 0; S < Terms.size(); ++S) {
    if (Live[S] && Terms[S].same(T))
      return S;
    if (!Live[S])
      Free = std::min(Free, S);
  }
  if (Free == Terms.size()) {
    Terms.push_back(std::move(T));
    Live.push_back(true);
  } else {
    Terms[Free] = std::move(T);
    Live[Free] = true;
  }
  return Free;
}

/// What \p Is holds of is asked anew from now on.
void SymbolTable::forgetIf(llvm::function_ref<bool(const Term &)> Is) {
  for (size_t S = 0; S < Terms.size(); ++S)
    if (Live[S] && Is(Terms[S])) {
      Terms[S].K = Term::Kind::Fresh;
      Terms[S].Args.clear();
    }
  llvm::erase_if(Facts, [&](const Fact &F) { return Is(F.About); });
}

void SymbolTable::forget(const Term &T) {
  forgetIf([&](const Term &Other) { return Other.same(T); });
}

void SymbolTable::forgetAnswers(Value Of) {
  forgetIf([Of](const Term &T) {
    return T.K == Term::Kind::Opaque && llvm::is_contained(T.Args, Of);
  });
}

uint8_t SymbolTable::depth(llvm::ArrayRef<Value> Args) const {
  unsigned Deepest = 0;
  for (Value V : Args)
    if (V.isSymbol() && size_t(V.N) < Terms.size())
      Deepest = std::max<unsigned>(Deepest, Terms[size_t(V.N)].Depth);
  return uint8_t(Deepest + 1);
}

} // namespace taskleak
