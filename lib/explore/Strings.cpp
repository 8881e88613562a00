// What is longer than a line is not followed.

#include "explore/Strings.h"

#include "explore/Arithmetic.h"

namespace taskleak {

std::optional<std::string> characters(const Program &P, Value V) {
  if (V.isNull())
    return "";
  bool IsKnown = V.isText() && V.N != P.SomeText;
  return IsKnown ? std::optional(P.text(TextId(V.N)).str()) : std::nullopt;
}

/// A string of the program, as far as it makes a difference which one it is.
static std::optional<Value> spelled(const Program &P, const std::string &Text) {
  constexpr size_t Longest = 80;
  if (Text.empty())
    return Value::null();
  if (Text.size() > Longest)
    return std::nullopt;
  return Value::text(P.kept(P.intern(Text)));
}

static std::optional<int64_t> number(const Program &P, Value V) {
  if (V.isNull())
    return 0;
  return V.isInt() ? std::optional(P.original(V.N)) : std::nullopt;
}

/// A place in a string. What stands for a larger number may as well have been computed.
static std::optional<int64_t> position(const Program &P, Value V) {
  std::optional<int64_t> N = number(P, V);
  bool IsItself = N && (V.isNull() || *N == V.N);
  P.LosesNumbers |= N && !IsItself;
  return IsItself ? N : std::nullopt;
}

static std::optional<Value> part(const Program &P, const std::string &Whole, const View &V) {
  bool IsRest = V.arg(2).isUnknown();
  std::optional<int64_t> From = position(P, V.arg(1)), Many = position(P, V.arg(2));
  if (!From || !(IsRest || Many) || *From > int64_t(Whole.size()))
    return std::nullopt;
  if (*From < 0) // What is longer than the whole is not its end.
    return Value::null();
  return spelled(P, Whole.substr(size_t(*From), IsRest ? std::string::npos : size_t(*Many)));
}

static std::optional<Value> character(const Program &P, const std::string &Text, Value Index) {
  std::optional<int64_t> At = position(P, Index);
  if (!At || *At < 0 || *At > int64_t(Text.size()))
    return std::nullopt;
  return written(P, size_t(*At) < Text.size() ? Text[size_t(*At)] : '\0'); // What ends it.
}

std::optional<Value> madeOfText(const Program &P, const View &V) {
  Value First = V.arg(0), Second = V.C.Args.size() > 1 ? V.arg(1) : Value();
  if (V.C.op() == Op::Spell) {
    std::optional<int64_t> N = number(P, First);
    return N ? spelled(P, std::to_string(*N)) : std::nullopt;
  }
  if (V.C.op() == Op::Letter) {
    std::optional<int64_t> N = number(P, First);
    return N && *N > 0 && *N < 128 ? spelled(P, std::string(1, char(*N))) : std::nullopt;
  }
  if (V.C.op() == Op::OrderTexts && First == Second && !First.isUnknown())
    return Value::integer(0);
  std::optional<std::string> A = characters(P, First), B = characters(P, Second);
  if (!A)
    return std::nullopt;
  if (V.C.op() == Op::Length)
    return written(P, int64_t(A->size()));
  if (V.C.op() == Op::Part)
    return part(P, *A, V);
  if (V.C.op() == Op::Char)
    return character(P, *A, Second);
  if (!B)
    return std::nullopt;
  if (V.C.op() == Op::Concat)
    return spelled(P, *A + *B);
  if (V.C.op() == Op::OrderTexts)
    return Value::integer(*A < *B ? -1 : *A != *B);
  size_t Found = V.C.op() == Op::FindLast ? A->rfind(*B) : A->find(*B);
  return Found == std::string::npos ? Value::integer(-1) : written(P, int64_t(Found));
}

} // namespace taskleak
