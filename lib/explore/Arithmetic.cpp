// Sums, products and bits of known numbers, where the larger ones are written small.
//   tail = (tail + 1) % Capacity;   state |= Closed;   return -err;

#include "explore/Machine.h"

namespace taskleak {

static bool isSmall(int64_t N) { return N >= -64 && N <= 64; }

/// A number; one that is too large to be followed is the program's own all the same.
static Value saturated(int64_t N) { return isSmall(N) ? Value::integer(N) : Value::foreign(); }

static Value asNumber(Value V) { return V.isNull() ? Value::integer(0) : V; }

Value Machine::arithmetic(Op O, Value A, Value B) {
  A = asNumber(A);
  B = asNumber(B);
  // What 30 rounds add up to cannot be told from fewer.
  if (A.isInt() && B.isInt() && P.Compresses && std::abs(A.N) > 1 && std::abs(B.N) > 1 &&
      (isExact(A) || isExact(B)))
    return Value::foreign();
  if (A.isInt() && B.isInt())
    return saturated(O == Op::Add ? int64_t(A.N) + B.N : int64_t(A.N) - B.N);
  if (A.pointsToObject() && B.isZero())
    return A;
  if (A.isForeign() || B.isForeign())
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

/// A number that stands for no larger one.
bool Machine::isExact(Value V) const { return V.isInt() && P.original(V.N) == V.N; }

/// How \p N is written here, unless that would stand for another number.
std::optional<Value> Machine::written(int64_t N) const {
  int64_t Image = P.number(N);
  Value Is = Value::integer(Image);
  return P.original(Image) == N && Is.isInt() ? std::optional(Is) : std::nullopt;
}

std::optional<Value> Machine::product(Value A, Value B) const {
  A = asNumber(A);
  B = asNumber(B);
  if (A.isZero() || B.isZero())
    return Value::integer(0);
  for (auto [One, Other] : {std::pair(A, B), std::pair(B, A)})
    if (One.isInt() && One.N == 1 && !Other.isUnknown())
      return Other;
  if (!isExact(A) || !isExact(B))
    return std::nullopt;
  int64_t N = int64_t(A.N) * B.N;
  return P.number(N) != N || isSmall(N) ? written(N) : std::nullopt;
}

/// A quotient or a remainder. What comes before the divisor does so however both are written.
std::optional<Value> Machine::divided(Op O, Value A, Value B) const {
  A = asNumber(A);
  if (!A.isInt() || !B.isInt() || B.N == 0)
    return std::nullopt;
  bool IsWithin = A.N >= 0 && A.N <= B.N;
  if (O == Op::Rem && (IsWithin || isExact(A)))
    return Value::integer(A.N % B.N);
  if (IsWithin || (isExact(A) && isExact(B)))
    return written(A.N / B.N);
  return std::nullopt;
}

/// Bits are those of the numbers in the source; of a flag that is not set nothing is
/// left, whatever the rest may be.
std::optional<Value> Machine::bits(Op O, Value A, Value B) const {
  A = asNumber(A);
  B = asNumber(B);
  if (A.isInt() && B.isInt()) {
    int64_t N = P.original(A.N), M = P.original(B.N);
    return written(O == Op::BitAnd ? N & M : O == Op::BitOr ? N | M : N ^ M);
  }
  if (!A.isZero() && !B.isZero())
    return std::nullopt;
  return O == Op::BitAnd ? Value::integer(0) : A.isZero() ? B : A;
}

std::optional<Value> Machine::shifted(Op O, Value A, Value B) const {
  A = asNumber(A);
  B = asNumber(B);
  if (A.isZero() || B.isZero())
    return A;
  if (!A.isInt() || !B.isInt())
    return std::nullopt;
  int64_t N = P.original(A.N), By = P.original(B.N);
  if (By < 0 || By > 31)
    return std::nullopt;
  return written(O == Op::Shl ? N * (int64_t(1) << By) : N >> By);
}

} // namespace taskleak
