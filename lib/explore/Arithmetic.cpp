// Sums, products and bits of known numbers, where the larger ones are written small.
//   tail = (tail + 1) % Capacity;   state |= Closed;   return -err;

#include "explore/Arithmetic.h"

#include "explore/Machine.h"

#include "llvm/ADT/bit.h"

namespace taskleak {

/// A number; one that is too large to be followed is the program's own all the same.
static Value saturated(const Program &P, int64_t N) {
  return P.isFollowed(N) ? Value::integer(N) : Value::foreign();
}

static Value asNumber(Value V) { return V.isNull() ? Value::integer(0) : V; }

Value Machine::arithmetic(Op O, Value A, Value B) {
  A = asNumber(A);
  B = asNumber(B);
  // What 30 rounds add up to cannot be told from fewer.
  if (A.isInt() && B.isInt() && P.Small.AreSmaller && std::abs(A.N) > 1 && std::abs(B.N) > 1 &&
      (isExact(P, A) || isExact(P, B))) {
    P.LosesNumbers = true;
    return Value::foreign();
  }
  if (A.isInt() && B.isInt()) {
    auto Sum = [&](int64_t N, int64_t M) { return O == Op::Add ? N + M : N - M; };
    bool IsBroken = !P.Small.KeepSums && !(isExact(P, A) && isExact(P, B)) &&
                    !P.standsFor(Sum(A.N, B.N), Sum(P.original(A.N), P.original(B.N)));
    P.LosesNumbers |= IsBroken;
    return IsBroken ? Value::foreign() : saturated(P, Sum(A.N, B.N));
  }
  if (A.pointsToObject() && B.isZero())
    return A;
  if (A.isForeign() || B.isForeign() || A.pointsToObject() || B.pointsToObject())
    return Value::foreign();
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

Value Machine::chosen(Op O, Value A, Value B) {
  A = asNumber(A);
  B = asNumber(B);
  if (!A.isInt() || !B.isInt())
    return Value::foreign();
  return Value::integer(O == Op::Min ? std::min(A.N, B.N) : std::max(A.N, B.N));
}

bool isExact(const Program &P, Value V) { return V.isInt() && P.original(V.N) == V.N; }

std::optional<Value> written(const Program &P, int64_t N) {
  int64_t Image = P.number(N);
  Value Is = Value::integer(Image);
  bool IsItself = P.original(Image) == N && (Image != N || P.keepsOrder(N));
  P.LosesNumbers |= !IsItself;
  return IsItself && Is.isInt() ? std::optional(Is) : std::nullopt;
}

std::optional<Value> product(const Program &P, Value A, Value B) {
  A = asNumber(A);
  B = asNumber(B);
  if (A.isZero() || B.isZero())
    return Value::integer(0);
  for (auto [One, Other] : {std::pair(A, B), std::pair(B, A)})
    if (One.isInt() && One.N == 1 && !Other.isUnknown())
      return Other;
  if (!isExact(P, A) || !isExact(P, B))
    return std::nullopt;
  int64_t N = int64_t(A.N) * B.N;
  return P.number(N) != N || P.isFollowed(N) ? written(P, N) : std::nullopt;
}

/// A quotient or a remainder. What comes before the divisor does so however both are written.
std::optional<Value> divided(const Program &P, Op O, Value A, Value B) {
  A = asNumber(A);
  if (!A.isInt() || !B.isInt() || B.N == 0)
    return std::nullopt;
  bool IsWithin = A.N >= 0 && A.N <= B.N;
  if (O == Op::Rem && (IsWithin || isExact(P, A)))
    return Value::integer(A.N % B.N);
  if (IsWithin || (isExact(P, A) && isExact(P, B)))
    return written(P, A.N / B.N);
  return std::nullopt;
}

std::optional<Value> dividedUnsigned(const Program &P, Op O, Value A, Value B) {
  int64_t By = B.isInt() ? P.original(B.N) : 0;
  bool AreBits = O == Op::Rem && llvm::has_single_bit(uint64_t(By));
  return AreBits ? written(P, P.original(A.N) & (By - 1)) : std::nullopt;
}

Value lessUnsigned(Value A, Value B) {
  if (A.isForeign() || B.isForeign())
    return Value::foreign();
  A = asNumber(A);
  B = asNumber(B);
  return A.isInt() && B.isInt() ? Value::integer(!isBelowZero(A)) : Value();
}

/// Bits are those of the numbers in the source; of a flag that is not set nothing is
/// left, whatever the rest may be.
std::optional<Value> bits(const Program &P, Op O, Value A, Value B) {
  A = asNumber(A);
  B = asNumber(B);
  if (A.isInt() && B.isInt()) {
    int64_t N = P.original(A.N), M = P.original(B.N);
    return written(P, O == Op::BitAnd ? N & M : O == Op::BitOr ? N | M : N ^ M);
  }
  if (!A.isZero() && !B.isZero())
    return std::nullopt;
  return O == Op::BitAnd ? Value::integer(0) : A.isZero() ? B : A;
}

std::optional<Value> shifted(const Program &P, Op O, Value A, Value B) {
  A = asNumber(A);
  B = asNumber(B);
  if (A.isZero() || B.isZero())
    return A;
  if (!A.isInt() || !B.isInt())
    return std::nullopt;
  int64_t N = P.original(A.N), By = P.original(B.N);
  if (By < 0 || By > 31)
    return std::nullopt;
  return written(P, O == Op::Shl ? N * (int64_t(1) << By) : N >> By);
}

} // namespace taskleak
