// Recursive descent over the text form of skeletons, one member per rule of the
// grammar in docs/skeleton.md. Every rule yields false after the first failure.

#pragma once

#include "skeleton/Lexer.h"
#include "skeleton/Skeleton.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"

namespace taskleak {

class Parser {
public:
  explicit Parser(llvm::StringRef Text) : Tokens(Text) { advance(); }

  bool unit();
  Unit U;
  std::string Failure; ///< "line:column: expected ..., found ..."

private:
  Lexer Tokens;
  Token T; ///< The one looked at.

  void advance() { T = Tokens.next(); }
  /// Fails at the current token.
  bool expected(const llvm::Twine &What);
  /// Goes past the current token if it is the mark or word asked for.
  bool take(char Mark);
  bool take(llvm::StringRef Word);
  bool mark(char C);
  bool word(llvm::StringRef W);
  bool string(std::string &Into);
  bool name(std::string &Into, const llvm::Twine &What);
  bool number(Token::Kind K, uint32_t &Into, const llvm::Twine &What);
  bool numbered(size_t Next, const llvm::Twine &What);
  bool assigned(uint32_t &Into);
  bool place(Place &P);
  bool kind(ObjectKind &K);
  /// A block's name, b3.
  bool block(BlockId &B);
  bool atBlock() const;
  bool functionOrNone(FunctionId &F);

  bool file();
  bool record();
  bool fields(std::vector<std::string> &Into);
  bool method(RecordType &R);
  bool use(std::vector<FunctionId> &Into);
  bool usePart(ClassUse &Use, bool &Good);
  bool global();
  bool function();
  bool functionAttribute(Function &F);
  bool slot(Function &F);
  bool body(Function &F);

  bool instruction(Function &F, Instruction &I);
  bool results(Instruction &I);
  bool flag(Instruction &I);
  bool part(Instruction &I);
  bool wordPart(Instruction &I);
  bool operand(Operand &O);
  bool outcomes(Instruction &I);
  bool outcome(OutcomeValue &O);
};

} // namespace taskleak
