// Operations on strings; of those whose characters are not known it may be known that they are
// not empty.
//   line = "error: " + reason;

#include "explore/Machine.h"
#include "explore/Strings.h"

namespace taskleak {

/// Some string that is not empty.
Value Machine::someText(const Code &C) {
  SymbolTable &Table = W.Symbols.edit();
  Value Made = Value::symbol(Table.intern({Term::Kind::Fresh, C.Text, 0, C.Site, {}}));
  Table.learn({Term::Kind::Truth, 0, 1, 0, {Made}}, Value::integer(1));
  return Made;
}

/// What an array of characters holds is not followed; the program decides it, or the outside.
std::optional<Value> Machine::heldInArray(Value A, Value B) const {
  for (Value V : {A, B})
    if (const Object *Array = V.pointsToObject() ? W.find(V.object()) : nullptr)
      return Array->Escaped ? untold(*Array) : Value::foreign();
  return std::nullopt;
}

void Machine::text(const Code &C) {
  View V = view();
  Value A = V.arg(0), B = V.arg(1);
  auto IsSome = [&](Value Of) { return Of.isText() || (Of.isSymbol() && known(Of) == true); };
  std::optional<Value> Made = madeOfText(P, V);
  if (!Made && C.op() == Op::Concat && (A.isNull() || B.isNull()))
    Made = A.isNull() ? B : A;
  if (!Made && (A.isForeign() || B.isForeign()))
    Made = Value::foreign();
  bool IsMade = C.op() == Op::Spell || C.op() == Op::Letter;
  if (!Made && (IsMade || (C.op() == Op::Concat && (IsSome(A) || IsSome(B)))))
    Made = someText(C);
  // No number can be written for it.
  bool IsPart = C.op() == Op::Part && B.isInt();
  bool IsSought = (C.op() == Op::Find || C.op() == Op::FindLast) && characters(P, B);
  bool IsLost =
      (IsPart || IsSought || C.op() == Op::Length || C.op() == Op::Char) && characters(P, A);
  if (!Made && IsLost)
    Made = Value::foreign();
  if (!Made)
    Made = heldInArray(A, B);
  if (Made) {
    setResult(C, *Made);
  } else if (C.op() == Op::Length && A.isSymbol()) {
    opaque(C, {Term::Kind::Size, C.Text, 0, C.Site, {A}});
  } else {
    opaque(C, termOf(C));
  }
  advance();
}

} // namespace taskleak
