// Unknown values: tests of them, and what is decided when one matters.
//   if (n > 0) spawn();  ...  if (n > 0) join();   // decided once

#include "explore/Arithmetic.h"
#include "explore/Machine.h"
#include "explore/Subjects.h"

#include "llvm/ADT/STLExtras.h"

namespace taskleak {

std::optional<bool> Machine::known(Value V) const {
  switch (V.K) {
  case Value::Kind::Int:
    return V.N != 0;
  case Value::Kind::Null:
    return false;
  case Value::Kind::Ref:
  case Value::Kind::Address:
  case Value::Kind::Function:
  case Value::Kind::Text:
    return true;
  case Value::Kind::Symbol:
    if (const Fact *F = W.Symbols->fact({Term::Kind::Truth, 0, 0, 0, {V}}))
      return F->Is.N != 0;
    return std::nullopt;
  case Value::Kind::Unknown:
    break;
  }
  return std::nullopt;
}

/// A yes or no: what is known about it, or a symbol for it.
Value Machine::test(Term T) {
  if (const Fact *F = W.Symbols->fact(T))
    return F->Is;
  T.Depth = W.Symbols->depth(T.Args);
  if (T.Depth > 6)
    return {};
  return Value::symbol(W.Symbols.edit().intern(std::move(T)));
}

Value Machine::truth(Value V) {
  if (std::optional<bool> Known = known(V))
    return Value::integer(*Known);
  if (!V.isSymbol() || W.Symbols->Terms[size_t(V.N)].isTest())
    return V;
  return test({Term::Kind::Truth, 0, 0, 0, {V}});
}

Value Machine::negation(Value V) {
  V = truth(V);
  if (!V.isSymbol())
    return V.isInt() ? Value::integer(V.N == 0) : V;
  const Term &T = W.Symbols->Terms[size_t(V.N)];
  return T.K == Term::Kind::Not ? T.Args[0] : test({Term::Kind::Not, 0, 0, 0, {V}});
}

Value Machine::both(Term::Kind K, Value A, Value B) {
  bool Decides = K == Term::Kind::Or; // true or x; false and x
  A = truth(A);
  B = truth(B);
  for (auto [One, Other] : {std::pair(A, B), std::pair(B, A)})
    if (One.isInt())
      return (One.N != 0) == Decides ? Value::integer(Decides) : Other;
  if (A.isForeign() || B.isForeign())
    return Value::foreign();
  if (A == B || A.isUnknown() || B.isUnknown())
    return A == B ? A : Value();
  return test({K, 0, 0, 0, {A, B}});
}

/// The address of a global is that of nothing else that is known.
static Value equalGlobals(Value A, Value B) {
  if (A.isGlobal() && B.isGlobal())
    return Value::integer(A == B);
  Value Other = A.isGlobal() ? B : A;
  return Other.isUnknown() || Other.isSymbol() ? Value() : Value::integer(0);
}

Value Machine::equal(Value A, Value B) {
  if (A.isGlobal() || B.isGlobal())
    return equalGlobals(A, B);
  if (A.isForeign() || B.isForeign())
    return Value::foreign();
  if (A.isUnknown() || B.isUnknown())
    return {};
  if (A == B || (A.isZero() && B.isZero()))
    return Value::integer(1);
  if (!A.isSymbol() && !B.isSymbol())
    return Value::integer(0);
  if (!A.isSymbol() || (B.isSymbol() && B.N < A.N))
    std::swap(A, B);
  if (B.isZero())
    return negation(A);
  // A yes or no is 1 or 0.
  if (B.isInt() && W.Symbols->Terms[size_t(A.N)].isTest())
    return B.N == 1 ? A : Value::integer(0);
  return test({Term::Kind::Equal, 0, 0, 0, {A, B}});
}

/// Two strings that are compared with no other may be the same or not.
Value Machine::sameText(Value A, Value B) {
  bool IsSomeText = A.isText() && A == B && A.N == P.SomeText;
  if (auto Held = heldInArray(A, B))
    return *Held;
  return IsSomeText ? Value() : equal(A, B);
}

Value Machine::less(Value A, Value B, bool OrEqual, const Code &C) {
  if (A.isForeign() || B.isForeign())
    return Value::foreign();
  // A number that stands for an object is no error: `fd < 0`.
  if (A.isRef() && (isBelowZero(B) || (!OrEqual && B.isZero())))
    return Value::integer(0);
  if (B.isRef() && (isBelowZero(A) || (OrEqual && A.isZero())))
    return Value::integer(1);
  // for (p = table; p < table + n; ++p)
  if (A.pointsToObject() || B.pointsToObject() || A.isText() || B.isText())
    return Value::foreign();
  if (A.isUnknown() || B.isUnknown())
    return {};
  auto IsBound = [](Value V, int N) { return V.isInt() ? V.N == N : V.isNull() && N == 0; };
  // A test of the sign is about failure, not about a count.
  if (A.isSymbol() && (OrEqual ? IsBound(B, -1) : IsBound(B, 0)))
    return test({Term::Kind::Negative, 0, 0, 0, {A}});
  if (B.isSymbol() && (OrEqual ? IsBound(A, 0) : IsBound(A, -1)))
    return negation(test({Term::Kind::Negative, 0, 0, 0, {B}}));
  // Whether it is above a bound that is no count is a question of its own.
  if (A.isInt() && B.isSymbol() && isBeyond(B, A.N + !OrEqual))
    decideCount(uint32_t(B.N), C, A.N + !OrEqual);
  else if (B.isInt() && A.isSymbol() && isBeyond(A, B.N + OrEqual))
    decideCount(uint32_t(A.N), C, B.N + OrEqual);
  // Deciding one may decide the other.
  View V = view();
  A = number(V.arg(0), C);
  B = number(V.arg(1), C);
  if (!A.isInt() || !B.isInt())
    return {};
  // A large number that was put together from bits is like those of the source.
  bool IsLarge = std::max(A.N, B.N) > 64;
  int64_t N = IsLarge ? P.original(A.N) : A.N, M = IsLarge ? P.original(B.N) : B.N;
  return Value::integer(OrEqual ? N <= M : N < M);
}

bool Machine::isA(Value Object, TextId Type) const {
  const auto *O = W.find(Object);
  return O && O->S == Body::Record && TextId(O->N[0]) == Type;
}

/// What a virtual call on an object out of sight runs: of few overriders each in turn,
/// and the same one whenever it is that object.
FunctionId Machine::overrider(const Code &C, Value Object) {
  llvm::ArrayRef<Program::Override> Found = P.overriders(C.Text);
  if (!Object.isSymbol())
    return NoId;
  for (const Program::Override &O : Found) {
    Value Is = test({Term::Kind::IsA, O.Type, 0, C.Site, {Object}});
    if (Is.isUnknown())
      return NoId;
    if (Is.isInt() && Is.N != 0)
      return O.F;
    if (!Is.isSymbol())
      continue;
    bool IsThis = &O == &Found.back() || choose(2) == 1;
    if (IsThis)
      assume(C, [&] { return sayTest(Is, true); }, Is);
    settleTest(uint32_t(Is.N), IsThis);
    if (IsThis)
      return O.F;
  }
  return NoId;
}

bool Machine::decide(Value V, const Code &C) {
  V = truth(V);
  if (V.isInt() && task().FreeBranches > 0) {
    --editTask().FreeBranches;
    return choose(2) == 1;
  }
  if (V.isInt())
    return V.N != 0;
  bool Is = choose(2) == 1;
  if (Subjects(P, W).isAnswer(V) && !task().Guessed)
    editTask().Guessed = true;
  // What others write is theirs to say: nobody is blamed on a guess about it.
  Flipped |= V.isForeign();
  assume(
      C,
      [&] {
        return C.I->Text.empty() ? sayTest(V, Is)
                                 : "`" + C.I->Text + "` is " + (Is ? "true" : "false");
      },
      V);
  if (V.isSymbol())
    settleTest(uint32_t(V.N), Is);
  return Is;
}

void Machine::settleTest(uint32_t S, bool Is) {
  const Term T = W.Symbols->Terms[S];
  settle(S, Value::integer(Is));
  auto Then = [&](Value V, bool Holds) {
    if (V.isSymbol() && W.Symbols->Live[size_t(V.N)])
      settleTest(uint32_t(V.N), Holds);
  };
  switch (T.K) {
  case Term::Kind::Not:
    return Then(T.Args[0], !Is);
  case Term::Kind::And:
  case Term::Kind::Or:
    if (Is == (T.K == Term::Kind::And)) {
      Then(T.Args[0], Is);
      Then(T.Args[1], Is);
    }
    return;
  case Term::Kind::Truth:
    if (!Is)
      settle(uint32_t(T.Args[0].N), Value::integer(0));
    return;
  case Term::Kind::Negative:
    if (Is)
      settle(uint32_t(T.Args[0].N), Value::integer(-1));
    return;
  case Term::Kind::Equal:
    if (Is && !T.Args[1].isSymbol())
      settle(uint32_t(T.Args[0].N), T.Args[1]);
    return;
  default:
    return;
  }
}

void Machine::settle(uint32_t S, Value With, bool IsCount) {
  const SymbolTable &Table = *W.Symbols;
  if (S >= Table.Live.size() || !Table.Live[S])
    return;
  Term T = Table.Terms[S];
  W.Symbols.edit().learn(std::move(T), With, IsCount);
  W.substitute(S, With);
  fold();
}

/// Works out the terms that have become known.
void Machine::fold() {
  for (uint32_t S = 0; S < W.Symbols->Terms.size(); ++S) {
    const Term &At = W.Symbols->Terms[S];
    if (!W.Symbols->Live[S] || At.K <= Term::Kind::Size ||
        llvm::any_of(At.Args, [](Value A) { return A.isSymbol(); }))
      continue;
    const Term T = At; // To work it out may move the others.
    Value Is;
    switch (T.K) {
    case Term::Kind::Truth:
      Is = truth(T.Args[0]);
      break;
    case Term::Kind::Not:
      Is = negation(T.Args[0]);
      break;
    case Term::Kind::Equal:
      Is = equal(T.Args[0], T.Args[1]);
      break;
    case Term::Kind::Negative:
      Is = T.Args[0].isInt() ? Value::integer(T.Args[0].N < 0) : Value::integer(0);
      break;
    case Term::Kind::IsA:
      Is = Value::integer(isA(T.Args[0], T.Text));
      break;
    case Term::Kind::And:
    case Term::Kind::Or:
      Is = both(T.K, T.Args[0], T.Args[1]);
      break;
    default:
      Is = arithmetic(T.K == Term::Kind::Add ? Op::Add : Op::Sub, T.Args[0], T.Args[1]);
    }
    W.substitute(S, Is);
    S = NoId; // Others may be known now: from the start again.
  }
}

} // namespace taskleak
