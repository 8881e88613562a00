// Operations that only compute.

#include "explore/Machine.h"

namespace taskleak {

/// A number, unless it is too large to be followed.
static Value saturated(int64_t N) { return N < -16 || N > 64 ? Value() : Value::integer(N); }

/// A few of the lowest bits.
static bool isLowMask(const Program &P, Value V) {
  return V.isInt() && P.original(V.N) >= 0 && P.original(V.N) < 64;
}

/// What is computed from a pointer may still lead to the object, and is not followed.
static void loseTrack(World &W, Value A, Value B) {
  if (A.pointsToObject() && !B.pointsToObject() && !B.isZero())
    W.escape(A);
  else if (B.pointsToObject() && !A.pointsToObject() && !A.isZero())
    W.escape(B);
}

void Machine::value(const Code &C) {
  View V = view();
  Value A = V.arg(0), B = V.arg(1), Result;
  switch (C.op()) {
  case Op::Move:
    Result = A;
    break;
  case Op::Not:
    Result = negation(A);
    break;
  case Op::And:
    Result = both(Term::Kind::And, A, B);
    break;
  case Op::Or:
    Result = both(Term::Kind::Or, A, B);
    break;
  case Op::Add:
  case Op::Sub:
    loseTrack(W, A, B);
    Result = arithmetic(C.op(), A, B);
    break;
  case Op::BitAnd:
  case Op::BitOr:
    // Low bits alone do not lead back: a test of a pointer's alignment.
    if (C.op() == Op::BitOr || !(isLowMask(P, A) || isLowMask(P, B)))
      loseTrack(W, A, B);
    return bits(C, A, B);
  case Op::Eq:
    Result = equal(A, B);
    break;
  case Op::SameText:
    Result = sameText(A, B);
    break;
  case Op::Text:
    Result = C.Text ? Value::text(P.isCompared(C.Text) ? C.Text : P.SomeText) : Value::null();
    break;
  case Op::Ne:
    Result = negation(equal(A, B));
    break;
  case Op::Lt:
  case Op::Le:
    Result = less(A, B, C.op() == Op::Le, C);
    break;
  case Op::Mul:
    // Numbers that stand for larger ones are no factors.
    if (!A.isInt() || !B.isInt() || P.Compressed) {
      opaque(C, termOf(C));
      return advance();
    }
    Result = saturated(int64_t(A.N) * B.N);
    break;
  case Op::Rem:
    if (!isExact(A) || !isExact(B) || B.N <= 0 || A.N < 0) {
      opaque(C, termOf(C));
      return advance();
    }
    Result = Value::integer(A.N % B.N);
    break;
  case Op::Opaque:
    opaque(C, termOf(C));
    return advance();
  case Op::Symbol:
    Result = Value::symbol(W.Symbols.edit().intern({Term::Kind::Fresh, C.Text, 0, C.Site, {}}));
    break;
  case Op::Closure:
    Result = closure(C);
    break;
  default:
    break;
  }
  setResult(C, Result);
  advance();
}

Term Machine::termOf(const Code &C) const {
  View V = view();
  Term T{Term::Kind::Opaque, C.Text, 0, C.Site, {}};
  for (size_t I = 0; I < C.Args.size(); ++I)
    T.Args.push_back(V.arg(I));
  return T;
}

Value Machine::closure(const Code &C) {
  View V = view();
  Value A = V.arg(0);
  Object O;
  O.S = Body::Closure;
  O.Site = C.Site;
  O.N[0] = A.K == Value::Kind::Function ? A.N : -1;
  for (size_t I = 1; I < C.Args.size(); ++I)
    O.Items.push_back({V.arg(I)});
  // A closure of a closure binds further arguments.
  if (const Object *Inner = W.find(A); Inner && Inner->S == Body::Closure) {
    O.N[0] = Inner->N[0];
    O.Items.insert(O.Items.begin(), Inner->Items.begin(), Inner->Items.end());
  }
  return Value::ref(W.add(std::move(O)));
}

Value Machine::arithmetic(Op O, Value A, Value B) {
  if (A.isNull())
    A = Value::integer(0);
  if (B.isNull())
    B = Value::integer(0);
  if (A.isInt() && B.isInt())
    return saturated(O == Op::Add ? int64_t(A.N) + B.N : int64_t(A.N) - B.N);
  if (A.pointsToObject() && B.isZero())
    return A;
  bool IsSum = (A.isSymbol() && B.isInt()) || (A.isInt() && B.isSymbol());
  if (!IsSum)
    return {};
  if (B.isInt() && B.N == 0)
    return A;
  // Of sums of sums nothing is known: a loop would make ever new ones.
  SymbolTable &Table = W.Symbols.edit();
  if (Table.depth({A, B}) > 1)
    return {};
  Term::Kind K = O == Op::Add ? Term::Kind::Add : Term::Kind::Sub;
  return Value::symbol(Table.intern({K, 0, Table.depth({A, B}), 0, {A, B}}));
}

/// A number that stands for no larger one.
bool Machine::isExact(Value V) const { return V.isInt() && P.original(V.N) == V.N; }

/// Bits are those of the numbers as they are written; of a flag that is not set
/// nothing is left, whatever the rest may be.
void Machine::bits(const Code &C, Value A, Value B) {
  A = A.isNull() ? Value::integer(0) : A;
  B = B.isNull() ? Value::integer(0) : B;
  bool IsAnd = C.op() == Op::BitAnd;
  if (A.isInt() && B.isInt()) {
    int64_t N = P.original(A.N), M = P.original(B.N);
    int64_t Both = P.number(IsAnd ? N & M : N | M);
    setResult(C, Both < -16 || Both > 64 ? Value() : Value::integer(Both));
  } else if (A.isZero() || B.isZero()) {
    setResult(C, IsAnd ? Value::integer(0) : A.isZero() ? B : A);
  } else {
    opaque(C, termOf(C));
    return advance();
  }
  advance();
}

/// Sets the result to the value of a term that the outside answers for.
void Machine::opaque(const Code &C, Term T) {
  constexpr unsigned Deepest = 3;
  const SymbolTable &Table = *W.Symbols;
  T.Depth = Table.depth(T.Args);
  if (T.K == Term::Kind::Opaque && !task().Guessed)
    editTask().Guessed = true;
  bool HasUnknown = false;
  for (Value A : T.Args)
    HasUnknown |= A.isUnknown();
  if (HasUnknown || T.Depth > Deepest) {
    T.K = Term::Kind::Fresh;
    T.Args.clear();
    return setResult(C, T.Depth > Deepest
                            ? Value()
                            : Value::symbol(W.Symbols.edit().intern(std::move(T))));
  }
  // Asked again in the same place (a loop), the outside may answer otherwise.
  const Fact *Known = Table.fact(T);
  std::optional<uint32_t> Symbol = Table.find(T);
  if (Known && !Known->IsCount && Known->About.Site == C.Site && choose(2) == 1) {
    bool WasZero = Known->Is.isZero();
    Flipped = true;
    W.Symbols.edit().forget(T);
    uint32_t New = W.Symbols.edit().intern(T);
    if (WasZero)
      W.Symbols.edit().learn({Term::Kind::Truth, 0, 1, 0, {Value::symbol(New)}},
                             Value::integer(1));
    return setResult(C, Value::symbol(New));
  }
  if (Known = W.Symbols->fact(T); Known)
    return setResult(C, Known->Is);
  if (Symbol && W.Symbols->Terms[*Symbol].Site == C.Site) {
    const Fact *True =
        W.Symbols->fact({Term::Kind::Truth, 0, 1, 0, {Value::symbol(*Symbol)}});
    if (True && choose(2) == 1) {
      Flipped = true;
      W.Symbols.edit().forget(T);
      W.Symbols.edit().learn(T, Value::integer(0));
      return setResult(C, Value::integer(0));
    }
  }
  setResult(C, Value::symbol(W.Symbols.edit().intern(std::move(T))));
}

} // namespace taskleak
