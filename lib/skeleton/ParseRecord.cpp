// Reads a record: its fields, its methods, and how others can use it.
//   record "Pool" embedded(jobs_) maker(@1) ender(@4) call(@2) call(@3)

#include "skeleton/Parser.h"

#include "llvm/ADT/Twine.h"

namespace taskleak {

bool Parser::method(RecordType &R) {
  auto &[Key, F] = R.Methods.emplace_back();
  return mark('(') && string(Key) && mark('=') && functionOrNone(F) && mark(')');
}

bool Parser::use(std::vector<FunctionId> &Into) {
  return mark('(') &&
         number(Token::Kind::Function, Into.emplace_back(), "a function, such as @0") && mark(')');
}

/// Reads a part that says how a class is used; false if there is none.
bool Parser::usePart(ClassUse &Use, bool &Good) {
  std::vector<FunctionId> Ender;
  if (take("maker"))
    Good = use(Use.Makers);
  else if (take("creator"))
    Good = use(Use.Creators);
  else if (take("call"))
    Good = use(Use.Calls);
  else if (take("ender"))
    Good = use(Ender) && (Use.Ender = Ender[0], true);
  else if (T.is(Token::Kind::Flag) && T.Value == "open")
    advance(), Use.Open = true;
  else
    return false;
  return true;
}

bool Parser::fields(std::vector<std::string> &Into) {
  if (!mark('('))
    return false;
  do
    if (!name(Into.emplace_back(), "a field's name"))
      return false;
  while (take(','));
  return mark(')');
}

bool Parser::record() {
  RecordType R;
  if (!string(R.Name))
    return false;
  while (!T.StartsLine && !T.is(Token::Kind::End)) {
    if (take("method")) {
      if (!method(R))
        return false;
      continue;
    }
    if (take("base")) {
      if (!mark('(') || !string(R.Bases.emplace_back()) || !mark(')'))
        return false;
      continue;
    }
    bool Good = true;
    if (usePart(R.Use, Good)) {
      if (!Good)
        return false;
      continue;
    }
    bool LeadBack = take("leadback");
    if (!LeadBack && !take("embedded"))
      return expected("'embedded(...)', 'leadback(...)', 'base(...)', 'method(...)', "
                      "'maker(...)', 'creator(...)', 'ender(...)', 'call(...)' or '.open'");
    if (!fields(LeadBack ? R.LeadBack : R.Embedded))
      return false;
  }
  U.Records.push_back(std::move(R));
  return true;
}

} // namespace taskleak
