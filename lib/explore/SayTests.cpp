// What was assumed about an unknown value, in words.
//   "`err` is true", "`n` is not 2", "`handler` is a 'FileSink'"

#include "explore/Machine.h"

namespace taskleak {

std::string Machine::textOf(Value V) const {
  if (!V.isSymbol())
    return V.isInt()    ? std::to_string(P.original(V.N))
           : V.isText() ? '"' + P.text(TextId(V.N)).str() + '"'
           : V.isNull() ? "null"
                        : "value";
  const Term &T = W.Symbols->Terms[size_t(V.N)];
  if (T.K <= Term::Kind::Size && T.Text)
    return P.text(T.Text).str();
  if (T.K == Term::Kind::Add || T.K == Term::Kind::Sub)
    return textOf(T.Args[0]) + (T.K == Term::Kind::Add ? " + " : " - ") + textOf(T.Args[1]);
  return "value";
}

std::string Machine::sayTest(Value Test, bool Is) const {
  if (!Test.isSymbol())
    return Is ? "the condition is true" : "the condition is false";
  const Term &T = W.Symbols->Terms[size_t(Test.N)];
  std::string Not = Is ? "" : "not ";
  switch (T.K) {
  case Term::Kind::Truth:
    return "`" + textOf(T.Args[0]) + "` is " + (Is ? "true" : "false");
  case Term::Kind::Equal:
    return "`" + textOf(T.Args[0]) + "` is " + Not + textOf(T.Args[1]);
  case Term::Kind::Negative:
    return "`" + textOf(T.Args[0]) + "` is " + Not + "negative";
  case Term::Kind::IsA:
    return "`" + textOf(T.Args[0]) + "` is " + Not + "a '" + P.text(T.Text).str() + "'";
  case Term::Kind::Not:
    return sayTest(T.Args[0], !Is);
  case Term::Kind::And:
  case Term::Kind::Or:
    return sayTest(T.Args[0], Is) + (T.K == Term::Kind::And ? " and " : " or ") +
           sayTest(T.Args[1], Is);
  default:
    return "`" + textOf(Test) + "` is " + (Is ? "true" : "false");
  }
}

} // namespace taskleak
