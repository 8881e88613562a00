// Strings are values: what is written, what they are made up of, what they are compared with,
// whether they are empty.
//   if (address.empty()) return;   if (command == "quit") ...   key = "node-" + to_string(i);

#include "lower/TextLowering.h"

using namespace clang;

namespace taskleak {

Operand TextLowering::literal(const StringLiteral &Literal) {
  if (Literal.getByteLength() == 0)
    return Operand::null();
  StringRef Bytes = Literal.getCharByteWidth() == 1 ? Literal.getString() : Literal.getBytes();
  return E.value(Op::Text, {}, L.at(Literal), Bytes);
}

/// A pointer to a literal, another string, or nothing; from anything else: some string.
Operand TextLowering::construct(ArrayRef<const Expr *> Args, const Expr &Site) {
  while (!Args.empty() && isa<CXXDefaultArgExpr>(Args.back()))
    Args = Args.drop_back();
  if (Args.empty())
    return Operand::null();
  QualType T = Args[0]->getType();
  if (Args.size() == 1 && (L.form(T).is(Form::Text) || T->isPointerType()))
    return L.value(Args[0]);
  for (const Expr *A : Args)
    L.value(A);
  return E.value(Op::Symbol, {}, L.at(Site), L.text(Site));
}

/// The operand of a comparison of strings: one of them may be a literal.
static bool isTextLike(QualType T) {
  return T->isPointerType() ? T->getPointeeType()->isAnyCharacterType() : T->isArrayType();
}

std::optional<Operand> TextLowering::compare(const CXXOperatorCallExpr &C) {
  bool IsEqual = C.getOperator() == OO_EqualEqual;
  if ((!IsEqual && C.getOperator() != OO_ExclaimEqual) || C.getNumArgs() != 2)
    return std::nullopt;
  const Expr *A = C.getArg(0), *B = C.getArg(1);
  bool AIsText = L.form(A->getType()).is(Form::Text), BIsText = L.form(B->getType()).is(Form::Text);
  bool AreTexts = (AIsText && BIsText) || (AIsText && isTextLike(B->getType())) ||
                  (BIsText && isTextLike(A->getType()));
  if (!AreTexts)
    return std::nullopt;
  Operand Left = L.value(A), Right = L.value(B);
  Operand Same = E.value(Op::SameText, {Left, Right}, L.at(C), L.text(C));
  return IsEqual ? Same : E.value(Op::Not, {Same}, L.at(C), L.text(C));
}

/// A member function without a row that is not const makes another string of it.
std::optional<Operand> TextLowering::change(const FunctionDecl &F, const Expr &Object,
                                            ArrayRef<const Expr *> Args, const Expr &Site) {
  QualType T = Object.IgnoreParenImpCasts()->getType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (!L.form(T).is(Form::Text) || !Method || Method->isConst())
    return std::nullopt;
  for (const Expr *A : Args)
    L.value(A);
  Storage To = Object.getType()->isPointerType() ? Storage::through(L.value(&Object)) : L.place(&Object);
  Operand New = E.value(Op::Symbol, {}, L.at(Site), L.text(Object));
  L.store(To, New, Site.getSourceRange());
  return Site.isGLValue() ? L.addressOf(To, Site.getSourceRange()) : Operand::unknown();
}

/// A string, a pointer to one, or a character, as a string; nothing if it is none of them.
std::optional<Operand> TextLowering::asText(const Expr &Arg) {
  QualType T = Arg.getType().getNonReferenceType();
  if (!T->isAnyCharacterType())
    return L.form(T).is(Form::Text) || isTextLike(T) ? std::optional(L.value(&Arg)) : std::nullopt;
  Expr::EvalResult Known;
  bool IsWritten = !Arg.isValueDependent() && Arg.EvaluateAsInt(Known, L.U.Context) &&
                   Known.Val.getInt().getExtValue() > 0 && Known.Val.getInt().getExtValue() < 128;
  if (!IsWritten)
    return (L.value(&Arg), E.value(Op::Spell, {Operand::unknown()}, L.at(Arg), L.text(Arg)));
  return E.value(Op::Text, {}, L.at(Arg), std::string(1, char(Known.Val.getInt().getExtValue())));
}

/// "node-" + std::to_string(i)
std::optional<Operand> TextLowering::join(const CXXOperatorCallExpr &C) {
  if (C.getOperator() != OO_Plus || C.getNumArgs() != 2 || !L.form(C.getType()).is(Form::Text))
    return std::nullopt;
  std::optional<Operand> Left = asText(*C.getArg(0));
  std::optional<Operand> Right = Left ? asText(*C.getArg(1)) : std::nullopt;
  if (!Right)
    return std::nullopt;
  return E.value(Op::Concat, {*Left, *Right}, L.at(C), L.text(C));
}

Operand TextLowering::modelled(const ModelledCall &C) {
  Place Here = L.at(C.Site);
  const Expr *Given = C.arg(C.Row.Value), *Count = C.arg(C.Row.Arg);
  auto Make = [&](Op Code, std::initializer_list<Operand> Of) {
    return E.value(Code, Of, Here, L.text(C.Site));
  };
  auto From = [&] { return Given ? L.value(Given) : Operand::integer(0); };
  auto Many = [&] {
    return Count && !isa<CXXDefaultArgExpr>(Count) ? L.value(Count) : Operand::unknown();
  };
  switch (C.Row.Role) {
  case CallRole::Spell:
    return Make(Op::Spell, {From()});
  case CallRole::Length:
    return Make(Op::Length, {Given ? L.value(Given) : L.target(C)});
  case CallRole::OrderTexts: {
    Operand Left = L.value(C.arg(C.Row.Object)), Right = L.value(Given);
    return Make(Op::OrderTexts, {Left, Right});
  }
  case CallRole::FindText: {
    std::optional<Operand> Sought = asText(*Given);
    return Sought ? Make(Op::Find, {L.target(C), *Sought}) : L.unknownValue(C.Site);
  }
  case CallRole::PartOfText: {
    Operand Whole = L.target(C), Where = From();
    return Make(Op::Part, {Whole, Where, Many()});
  }
  default:
    return changeModelled(C);
  }
}

/// What is appended or taken out makes another string of it.
Operand TextLowering::changeModelled(const ModelledCall &C) {
  const Expr *Given = C.arg(C.Row.Value);
  Operand Old = E.value(Op::Move, {L.target(C)}, L.at(C.Site)), New = Operand::unknown();
  if (C.Row.Role == CallRole::AppendText) {
    std::optional<Operand> More = asText(*Given);
    New = More ? E.value(Op::Concat, {Old, *More}, L.at(C.Site), L.text(C.Site)) : L.unknownValue(C.Site);
  } else if (!Given || Given->getType()->isIntegralOrEnumerationType()) {
    Operand Where = Given ? L.value(Given) : Operand::integer(0);
    const Expr *Count = C.arg(C.Row.Arg);
    bool IsRest = !Count || isa<CXXDefaultArgExpr>(Count);
    New = E.value(Op::Part, {Old, Operand::integer(0), Where}, L.at(C.Site), L.text(C.Site));
    if (!IsRest) {
      Operand Next = E.value(Op::Add, {Where, L.value(Count)}, L.at(C.Site), L.text(C.Site));
      Operand Rest = E.value(Op::Part, {Old, Next, Operand::unknown()}, L.at(C.Site), L.text(C.Site));
      New = E.value(Op::Concat, {New, Rest}, L.at(C.Site), L.text(C.Site));
    }
  } else { // By iterators.
    L.value(Given);
    New = L.unknownValue(C.Site);
  }
  Storage To = L.targetPlace(C);
  L.store(To, New, C.Site.getSourceRange());
  return C.Site.isGLValue() ? L.addressOf(To, C.Site.getSourceRange()) : Operand::unknown();
}

} // namespace taskleak
