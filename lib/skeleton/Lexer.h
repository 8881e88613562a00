// The tokens of the text form of skeletons:
//   %1 = make channel 4 "orders" !0:4:3-9
// is a slot, '=', two words, a number, a string and a place.

#pragma once

#include "llvm/ADT/StringRef.h"

#include <string>

namespace taskleak {

struct Token {
  enum class Kind : uint8_t {
    End,
    Word,     ///< make
    Number,   ///< -3
    String,   ///< "orders"; Value holds it without quotes and escapes
    Slot,     ///< %1
    Function, ///< @1
    Global,   ///< $1
    Flag,     ///< .timed; Value has no dot
    Place,    ///< !0:4:3-9; Value has no '!'
    Mark,     ///< one of ( ) { } = , : ?
    Bad,      ///< Value says what was expected
  };
  Kind K = Kind::End;
  std::string Value;
  llvm::StringRef Spelled; ///< As it stands in the text.
  int64_t Number = 0;
  unsigned Line = 1;
  unsigned Column = 1;
  bool StartsLine = false;

  bool is(Kind Other) const { return K == Other; }
  bool isWord(llvm::StringRef W) const { return K == Kind::Word && Value == W; }
  bool isMark(char C) const { return K == Kind::Mark && Value[0] == C; }
};

class Lexer {
  llvm::StringRef Rest;
  unsigned Line = 1;
  unsigned Column = 1;

  void advance(size_t Count);
  bool skipSpace();
  Token::Kind lexString(std::string &Value);
  Token::Kind lexEscape(std::string &Value);
  Token::Kind lexNumber(Token &T);

public:
  explicit Lexer(llvm::StringRef Text) : Rest(Text) {}
  Token next();
};

} // namespace taskleak
