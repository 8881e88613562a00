// Lowers strings: values that are written, made up, taken apart and compared. A part of
// FunctionLowering.
//   if (command == "quit") ...   key = "node-" + std::to_string(i);

#pragma once

#include "lower/FunctionLowering.h"

namespace taskleak {

class TextLowering {
  using Exprs = llvm::ArrayRef<const clang::Expr *>;

public:
  explicit TextLowering(FunctionLowering &L) : L(L), E(L.E) {}

  Operand literal(const clang::StringLiteral &Literal);
  Operand construct(Exprs Args, const clang::Expr &Site);
  /// A call that the model describes.
  Operand modelled(const ModelledCall &C);
  /// These do nothing where they are about something else.
  std::optional<Operand> join(const clang::CXXOperatorCallExpr &C);
  std::optional<Operand> compare(const clang::CXXOperatorCallExpr &C);
  std::optional<Operand> compare(clang::OverloadedOperatorKind Kind, const clang::Expr &A,
                                 const clang::Expr &B, const clang::Expr &Site);
  std::optional<Operand> change(const clang::FunctionDecl &F, const clang::Expr &Object, Exprs Args,
                                const clang::Expr &Site);
  /// A character of a string, to be read.
  std::optional<Operand> element(const clang::Expr &Of);
  /// Whether one is written to, which makes another string of it.
  bool changeElement(const clang::Expr &Of);

private:
  FunctionLowering &L;
  Emitter &E;

  std::pair<const clang::Expr *, const clang::CXXMethodDecl *>
  stringOf(const clang::Expr &Element) const;
  std::optional<Operand> asText(const clang::Expr &Arg);
  Operand matches(const ModelledCall &C);
  Operand changeModelled(const ModelledCall &C);
};

} // namespace taskleak
