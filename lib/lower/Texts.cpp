// Strings are values: what is written, what they are compared with, whether they are
// empty.
//   if (address.empty()) return;   if (command == "quit") ...   name_.clear();

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::textLiteral(const StringLiteral &Literal) {
  if (Literal.getByteLength() == 0)
    return Operand::null();
  StringRef Bytes = Literal.getCharByteWidth() == 1 ? Literal.getString() : Literal.getBytes();
  return E.value(Op::Text, {}, at(Literal), Bytes);
}

/// A pointer to a literal, another string, or nothing; from anything else: some string.
Operand FunctionLowering::constructText(ArrayRef<const Expr *> Args, const Expr &Site) {
  while (!Args.empty() && isa<CXXDefaultArgExpr>(Args.back()))
    Args = Args.drop_back();
  if (Args.empty())
    return Operand::null();
  QualType T = Args[0]->getType();
  if (Args.size() == 1 && (form(T).is(Form::Text) || T->isPointerType()))
    return value(Args[0]);
  for (const Expr *A : Args)
    value(A);
  return E.value(Op::Symbol, {}, at(Site), text(Site));
}

/// The operand of a comparison of strings: one of them may be a literal.
static bool isTextLike(QualType T) {
  return T->isPointerType() ? T->getPointeeType()->isAnyCharacterType() : T->isArrayType();
}

std::optional<Operand> FunctionLowering::compareTexts(const CXXOperatorCallExpr &C) {
  bool IsEqual = C.getOperator() == OO_EqualEqual;
  if ((!IsEqual && C.getOperator() != OO_ExclaimEqual) || C.getNumArgs() != 2)
    return std::nullopt;
  const Expr *A = C.getArg(0), *B = C.getArg(1);
  bool AIsText = form(A->getType()).is(Form::Text), BIsText = form(B->getType()).is(Form::Text);
  bool AreTexts = (AIsText && BIsText) || (AIsText && isTextLike(B->getType())) ||
                  (BIsText && isTextLike(A->getType()));
  if (!AreTexts)
    return std::nullopt;
  Operand Left = value(A), Right = value(B);
  Operand Same = E.value(Op::SameText, {Left, Right}, at(C), text(C));
  return IsEqual ? Same : E.value(Op::Not, {Same}, at(C), text(C));
}

/// A member function without a row that is not const makes another string of it.
std::optional<Operand> FunctionLowering::changeText(const FunctionDecl &F, const Expr &Object,
                                                    ArrayRef<const Expr *> Args,
                                                    const Expr &Site) {
  QualType T = Object.IgnoreParenImpCasts()->getType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (!form(T).is(Form::Text) || !Method || Method->isConst())
    return std::nullopt;
  for (const Expr *A : Args)
    value(A);
  Storage To = Object.getType()->isPointerType() ? Storage::through(value(&Object)) : place(&Object);
  Operand New = E.value(Op::Symbol, {}, at(Site), text(Object));
  store(To, New, Site.getSourceRange());
  return Site.isGLValue() ? addressOf(To, Site.getSourceRange()) : Operand::unknown();
}

} // namespace taskleak
