// Unknown numbers: tried at a few counts, and beyond a bound that is larger.
//   for (int i = 0; i < n; ++i) spawn();   // n is 0, 1, 2 or 3
//   if (n > 60) return;                    // or more than 60

#include "explore/Machine.h"

namespace taskleak {

/// The largest count that an unknown number is tried at.
static constexpr int32_t MostTried = 3;

/// The number that a value is; a symbol is decided.
Value Machine::number(Value V, const Code &C) {
  if (V.isNull())
    return Value::integer(0);
  if (!V.isSymbol())
    return V.isInt() ? V : Value();
  uint32_t S = uint32_t(V.N);
  const Term T = W.Symbols->Terms[S];
  if (T.K == Term::Kind::Add || T.K == Term::Kind::Sub) {
    Value A = number(T.Args[0], C), B = number(T.Args[1], C);
    return arithmetic(T.K == Term::Kind::Add ? Op::Add : Op::Sub, A, B);
  }
  return Value::integer(decideCount(S, C));
}

/// Whether \p N is none of the counts that \p V is tried at.
bool Machine::isBeyond(Value V, int32_t N) const {
  const Term &T = W.Symbols->Terms[size_t(V.N)];
  bool IsSum = T.K == Term::Kind::Add || T.K == Term::Kind::Sub;
  return N > MostTried && N <= 64 && !T.isTest() && !IsSum;
}

/// Tries 0 to 3, and \p Beyond if that is given.
int32_t Machine::decideCount(uint32_t S, const Code &C, std::optional<int32_t> Beyond) {
  Value V = Value::symbol(S);
  if (W.Symbols->Terms[S].isTest())
    return decide(V, C);
  llvm::SmallVector<int32_t, 4> Possible;
  for (int32_t N = 0; N <= MostTried; ++N) {
    bool IsZeroExcluded = N == 0 && known(V);
    const Fact *Is = W.Symbols->fact({Term::Kind::Equal, 0, 0, 0, {V, Value::integer(N)}});
    if (!IsZeroExcluded && !Is)
      Possible.push_back(N);
  }
  if (Beyond)
    Possible.push_back(*Beyond);
  if (Possible.empty())
    Possible.push_back(MostTried + 1);
  int32_t N = Possible[choose(unsigned(Possible.size()))];
  assume(C, [&] { return sayCount(V, N, N == Beyond, C); }, V);
  settle(S, Value::integer(N), /*IsCount=*/true);
  return N;
}

std::string Machine::sayCount(Value V, int32_t N, bool IsBeyond, const Code &C) const {
  if (!IsBeyond || C.I->Text.empty())
    return "`" + textOf(V) + "` is " + (IsBeyond ? "large" : std::to_string(N));
  // The number itself says nothing to anybody.
  return "`" + C.I->Text + "` is " + (view().arg(0) == V ? "false" : "true");
}

} // namespace taskleak
