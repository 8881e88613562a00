// Strings are values: what is written, what they are made up of, what they are compared with,
// whether they are empty.
//   if (address.empty()) return;   if (command == "quit") ...   key = "node-" + to_string(i);

#include "lower/TextLowering.h"

#include "lower/Equality.h"

using namespace clang;

namespace taskleak {

Operand TextLowering::literal(const StringLiteral &Literal) {
  if (Literal.getByteLength() == 0)
    return Operand::null();
  StringRef Bytes = Literal.getCharByteWidth() == 1 ? Literal.getString() : Literal.getBytes();
  if (Literal.getCharByteWidth() == 1) // What follows a 0 is never read as a part of it.
    Bytes = Bytes.split('\0').first;
  return Bytes.empty() ? Operand::null() : E.value(Op::Text, {}, L.at(Literal), Bytes);
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
  bool IsRepeated = llvm::all_of(Args, [](const Expr *A) { return A->getType()->isArithmeticType(); });
  return IsRepeated ? L.foreignValue(Site) : E.value(Op::Symbol, {}, L.at(Site), L.text(Site));
}

/// The operand of a comparison of strings: one of them may be a literal.
static bool isTextLike(QualType T) {
  return T->isPointerType() ? T->getPointeeType()->isAnyCharacterType() : T->isArrayType();
}

/// What -1, 0 or 1 is compared with for a < b, and whether the other way round.
static std::optional<std::pair<Op, bool>> orderOf(OverloadedOperatorKind Kind) {
  switch (Kind) {
  case OO_Less: return std::pair(Op::Lt, false);
  case OO_Greater: return std::pair(Op::Lt, true);
  case OO_LessEqual: return std::pair(Op::Le, false);
  case OO_GreaterEqual: return std::pair(Op::Le, true);
  default: return std::nullopt;
  }
}

std::optional<Operand> TextLowering::compare(const CXXOperatorCallExpr &C) {
  if (C.getNumArgs() != 2)
    return std::nullopt;
  return compare(C.getOperator(), *C.getArg(0), *C.getArg(1), C);
}

std::optional<Operand> TextLowering::compare(OverloadedOperatorKind Kind, const Expr &A,
                                             const Expr &B, const Expr &Site) {
  std::optional<bool> IsEqual = holdsOfEqual(Kind);
  auto Order = orderOf(Kind);
  if (!IsEqual && !Order)
    return std::nullopt;
  bool AIsText = L.form(A.getType()).is(Form::Text), BIsText = L.form(B.getType()).is(Form::Text);
  bool AreTexts = (AIsText && BIsText) || (AIsText && isTextLike(B.getType())) ||
                  (BIsText && isTextLike(A.getType()));
  if (!AreTexts)
    return std::nullopt;
  Operand Left = L.value(&A), Right = L.value(&B);
  auto Make = [&](Op Code, Operand One, Operand Other) {
    return E.value(Code, {One, Other}, L.at(Site), L.text(Site));
  };
  if (Order) {
    Operand Sign = Make(Op::OrderTexts, Left, Right), Zero = Operand::integer(0);
    return Order->second ? Make(Order->first, Zero, Sign) : Make(Order->first, Sign, Zero);
  }
  Operand Same = Make(Op::SameText, Left, Right);
  return *IsEqual ? Same : E.value(Op::Not, {Same}, L.at(Site), L.text(Site));
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
  llvm::SmallVector<Operand, 4> Of;
  for (const Expr *A : Args)
    Of.push_back(L.value(A));
  Storage To =
      Object.getType()->isPointerType() ? Storage::through(L.value(&Object)) : L.place(&Object);
  // Of a string and numbers of its own the program makes another of its own.
  Of.push_back(L.load(To, Site.getSourceRange()));
  Operand New = E.value(Op::Opaque, Of, L.at(Site), L.text(Object));
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
    return E.value(Op::Letter, {L.value(&Arg)}, L.at(Arg), L.text(Arg));
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

/// The string of s[0], s.at(n) and s.front(), and the method that they call.
std::pair<const Expr *, const CXXMethodDecl *> TextLowering::stringOf(const Expr &Element) const {
  const auto *Call = dyn_cast<CallExpr>(Element.IgnoreParens());
  const auto *Method = Call ? dyn_cast_or_null<CXXMethodDecl>(Call->getCalleeDecl()) : nullptr;
  if (!Method || Method->isStatic() || !Call->isLValue() || !Call->getType()->isAnyCharacterType())
    return {};
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  const Expr *Text = Member ? Member->getImplicitObjectArgument() : Call->getArg(0);
  return L.form(Text->getType()).is(Form::Text) ? std::pair(Text, Method)
                                                : std::pair<const Expr *, const CXXMethodDecl *>();
}

std::optional<Operand> TextLowering::element(const Expr &Of) {
  auto [Text, Method] = stringOf(Of);
  if (!Text)
    return std::nullopt;
  const auto &Call = *cast<CallExpr>(Of.IgnoreParens());
  bool HasIndex = Method->getNumParams() == 1;
  Operand Whole = L.value(Text);
  Operand Where = HasIndex ? L.value(Call.getArg(Call.getNumArgs() - 1)) : Operand::integer(0);
  if (!HasIndex && Method->getName() != "front")
    return L.unknownValue(Of);
  return E.value(Op::Char, {Whole, Where}, L.at(Of), L.text(Of));
}

bool TextLowering::changeElement(const Expr &Of) {
  auto [Text, Method] = stringOf(Of);
  if (!Text || Method->isConst())
    return false;
  L.store(L.place(Text), L.foreignValue(*Text), Of.getSourceRange());
  return true;
}

/// How many characters a call is about; null: all that follow.
static const Expr *count(const ModelledCall &C) {
  const Expr *Count = C.arg(C.Row.Arg);
  return Count && !isa<CXXDefaultArgExpr>(Count) ? Count : nullptr;
}

Operand TextLowering::modelled(const ModelledCall &C) {
  Place Here = L.at(C.Site);
  const Expr *Given = C.arg(C.Row.Value);
  auto Make = [&](Op Code, std::initializer_list<Operand> Of) {
    return E.value(Code, Of, Here, L.text(C.Site));
  };
  auto From = [&] { return Given ? L.value(Given) : Operand::integer(0); };
  switch (C.Row.Role) {
  case CallRole::Spell:
    return Make(Op::Spell, {From()});
  case CallRole::Length:
    return Make(Op::Length, {Given ? L.value(Given) : L.target(C)});
  case CallRole::OrderTexts: {
    const Expr *First = C.arg(C.Row.Object);
    Operand Left = First ? L.value(First) : L.target(C), Right = L.value(Given);
    return Make(Op::OrderTexts, {Left, Right});
  }
  case CallRole::FindText: {
    std::optional<Operand> Sought = asText(*Given);
    const Expr *Where = C.arg(C.Row.Arg);
    if (Sought && Where && isa<CXXDefaultArgExpr>(Where)) // s.rfind(t)
      return Make(Op::FindLast, {L.target(C), *Sought});
    if (!Sought || (Where && L.value(Where) != Operand::integer(0)))
      return L.foreignValue(C.Site);
    Operand Found = Make(Op::Find, {L.target(C), *Sought});
    // s.rfind(t, 0) looks at the beginning alone.
    return !Where ? Found
                  : Make(Op::Sub, {Make(Op::Eq, {Found, Operand::integer(0)}),
                                   Operand::integer(1)});
  }
  case CallRole::BeginsWith:
  case CallRole::EndsWith:
  case CallRole::HoldsText:
    return matches(C);
  case CallRole::PartOfText: {
    Operand Whole = L.target(C), Where = From();
    Operand Many = count(C) ? L.value(count(C)) : Operand::unknown();
    return Make(Op::Part, {Whole, Where, Many});
  }
  default:
    return changeModelled(C);
  }
}

/// line.starts_with("#"), name.ends_with(".log"), text.contains(word)
Operand TextLowering::matches(const ModelledCall &C) {
  Operand Whole = L.target(C);
  std::optional<Operand> Sought = asText(*C.arg(C.Row.Value));
  if (!Sought)
    return L.foreignValue(C.Site);
  auto Make = [&](Op Code, std::initializer_list<Operand> Of) {
    return E.value(Code, Of, L.at(C.Site), L.text(C.Site));
  };
  if (C.Row.Role == CallRole::BeginsWith)
    return Make(Op::Eq, {Make(Op::Find, {Whole, *Sought}), Operand::integer(0)});
  if (C.Row.Role == CallRole::HoldsText)
    return Make(Op::Ne, {Make(Op::Find, {Whole, *Sought}), Operand::integer(-1)});
  Operand Where = Make(Op::Sub, {Make(Op::Length, {Whole}), Make(Op::Length, {*Sought})});
  return Make(Op::SameText, {Make(Op::Part, {Whole, Where, Operand::unknown()}), *Sought});
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
    New = E.value(Op::Part, {Old, Operand::integer(0), Where}, L.at(C.Site), L.text(C.Site));
    if (const Expr *Count = count(C)) {
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
