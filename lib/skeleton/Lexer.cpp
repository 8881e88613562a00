// Cuts the text form of skeletons into tokens; see Lexer.h.

#include "skeleton/Lexer.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace taskleak {

static bool isWordChar(char C) { return isAlnum(C) || C == '_'; }

void Lexer::advance(size_t Count) {
  for (char C : Rest.take_front(Count)) {
    Column = C == '\n' ? 1 : Column + 1;
    Line += C == '\n';
  }
  Rest = Rest.drop_front(Count);
}

/// Skips blanks and comments; true if a line ended on the way.
bool Lexer::skipSpace() {
  unsigned Before = Line;
  while (!Rest.empty() && (isSpace(Rest[0]) || Rest[0] == '#'))
    advance(Rest[0] == '#' ? std::min(Rest.find('\n'), Rest.size()) : 1);
  return Line != Before;
}

Token::Kind Lexer::lexEscape(std::string &Value) {
  if (Rest.size() >= 2 && (Rest[1] == '"' || Rest[1] == '\\' || Rest[1] == 'n')) {
    Value += Rest[1] == 'n' ? '\n' : Rest[1];
    advance(2);
    return Token::Kind::String;
  }
  unsigned Code = 0;
  if (Rest.size() < 4 || Rest[1] != 'x' || Rest.substr(2, 2).getAsInteger(16, Code)) {
    Value = "one of \\\" \\\\ \\n \\xHH in a string";
    return Token::Kind::Bad;
  }
  Value += char(Code);
  advance(4);
  return Token::Kind::String;
}

Token::Kind Lexer::lexString(std::string &Value) {
  advance(1);
  while (!Rest.empty() && Rest[0] != '"' && Rest[0] != '\n') {
    if (Rest[0] == '\\') {
      if (lexEscape(Value) == Token::Kind::Bad)
        return Token::Kind::Bad;
      continue;
    }
    Value += Rest[0];
    advance(1);
  }
  if (!Rest.consume_front("\"")) {
    Value = "'\"' at the end of the string";
    return Token::Kind::Bad;
  }
  ++Column;
  return Token::Kind::String;
}

Token::Kind Lexer::lexNumber(Token &T) {
  char Sigil = isDigit(Rest[0]) || Rest[0] == '-' ? '-' : Rest[0];
  size_t Start = isDigit(Rest[0]) ? 0 : 1;
  size_t Length = Start + Rest.drop_front(Start).take_while(isDigit).size();
  StringRef Digits = Rest.take_front(Length).drop_front(Sigil == '-' ? 0 : 1);
  if (Digits.getAsInteger(10, T.Number)) {
    T.Value = Sigil == '-' ? "a number" : "a number after '" + std::string(1, Sigil) + "'";
    return Token::Kind::Bad;
  }
  // Ids are 32 bits wide, and the greatest of them means "none". A frame is as
  // large as its highest slot: a slip must not cost all memory.
  if (Sigil != '-' && T.Number >= (Sigil == '%' ? 1 << 20 : int64_t(UINT32_MAX))) {
    T.Value = "a smaller number after '" + std::string(1, Sigil) + "'";
    return Token::Kind::Bad;
  }
  advance(Length);
  switch (Sigil) {
  case '%':
    return Token::Kind::Slot;
  case '@':
    return Token::Kind::Function;
  case '$':
    return Token::Kind::Global;
  default:
    return Token::Kind::Number;
  }
}

Token Lexer::next() {
  Token T;
  T.StartsLine = skipSpace() || (Line == 1 && Column == 1);
  T.Line = Line;
  T.Column = Column;
  if (Rest.empty())
    return T;
  StringRef Before = Rest;
  char C = Rest[0];
  auto Take = [&](Token::Kind K, size_t Start, StringRef Value) {
    T.K = K;
    T.Value = Value.str();
    advance(Start + Value.size());
  };
  if (C == '"')
    T.K = lexString(T.Value);
  else if (isDigit(C) || StringRef("-%@$").contains(C))
    T.K = lexNumber(T);
  else if (isWordChar(C))
    Take(Token::Kind::Word, 0, Rest.take_while(isWordChar));
  else if (C == '.')
    Take(Token::Kind::Flag, 1, Rest.drop_front().take_while(isWordChar));
  else if (C == '!')
    Take(Token::Kind::Place, 1, Rest.drop_front().take_while([](char D) {
      return isDigit(D) || D == ':' || D == '-';
    }));
  else if (StringRef("(){}=,:?").contains(C))
    Take(Token::Kind::Mark, 0, Rest.take_front());
  else {
    T.K = Token::Kind::Bad;
    T.Value = "an operation, an operand or a mark";
  }
  T.Spelled = Before.take_front(std::max<size_t>(1, Before.size() - Rest.size()));
  return T;
}

} // namespace taskleak
