// See Subjects.h.

#include "explore/Subjects.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace taskleak {

/// Whether \p Is holds of a value's term, or of one that it was found out about.
static bool anyTerm(const SymbolTable &Symbols, Value V,
                    llvm::function_ref<bool(const Term &)> Is) {
  if (!V.isSymbol())
    return false;
  const Term &T = Symbols.Terms[size_t(V.N)];
  return Is(T) || llvm::any_of(T.Args, [&](Value A) { return anyTerm(Symbols, A, Is); });
}

/// What a guess is about: where it came from, or the parameter that it came in.
uint32_t Subjects::subject(Value V) const {
  constexpr uint32_t Parameter = 1u << 31;
  if (V.isUnknown())
    return V.isForeign() || V.isGlobal() ? 0 : uint32_t(V.N);
  if (!V.isSymbol())
    return 0;
  const Term &T = W.Symbols->Terms[size_t(V.N)];
  for (Value A : T.Args)
    if (uint32_t Found = subject(A))
      return Found;
  if (T.K > Term::Kind::Size) // A question about what has no name.
    return 0;
  bool IsParameter = T.Site == NoId;
  return !IsParameter ? T.Site + 1 : T.Text ? Parameter | T.Text : 0;
}

/// Whether it was passed by the scenario's caller or a user of a class, or found out about what
/// was.
bool Subjects::isOfCaller(Value V) const {
  return anyTerm(*W.Symbols, V, [&](const Term &T) {
    return T.Site == NoId || (P.hasSite(T.Site) && P.U.Functions[P.site(T.Site).F].Driver);
  });
}

/// Whether it is what some object out of sight has answered.
bool Subjects::isOfState(Value V) const {
  return anyTerm(*W.Symbols, V, [](const Term &T) {
    return T.K == Term::Kind::Opaque &&
           llvm::any_of(T.Args, [](Value A) { return A.pointsToObject(); });
  });
}

/// Whether it was computed with floating point.
bool Subjects::isInexact(Value V) const {
  return anyTerm(*W.Symbols, V, [&](const Term &T) {
    const Code *Made = P.hasSite(T.Site) ? P.code(P.site(T.Site)) : nullptr;
    return Made && Made->op() == Op::Opaque && Made->has(Flag::Foreign);
  });
}

/// Whether it hangs on what some call out of sight has answered.
bool Subjects::isAnswer(Value V) const {
  auto IsKnown = [](Value A) { return !A.isUnknown(); };
  return V.isUnknown() || anyTerm(*W.Symbols, V, [&](const Term &T) {
           bool IsCall = T.K == Term::Kind::Opaque || (T.K == Term::Kind::Fresh && T.Site != NoId);
           return IsCall || !llvm::all_of(T.Args, IsKnown);
         });
}

} // namespace taskleak
