// Expressions: values, and the places that glvalues name.

#include "lower/CoroutineLowering.h"
#include "lower/TaskLowering.h"
#include "lower/TextLowering.h"

#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::fullExpression(const Expr *Expression) {
  size_t Depth = E.depth();
  Operand Value = value(Expression);
  E.popTo(Depth);
  return Value;
}

void FunctionLowering::discard(const Expr *Expression) {
  size_t Depth = E.depth();
  Operand Value = value(Expression);
  if (Expression->isPRValue())
    temporary(Value, Expression->getType(), Expression->getSourceRange());
  // What begins or ends to catch exceptions does so beyond its own statement.
  const auto *C = dyn_cast<CallExpr>(Expression->IgnoreParens());
  std::optional<ModelledCall> Call = C ? modelOf(*C) : std::nullopt;
  if (E.depth() > Depth && !(Call && Call->Row.Role == CallRole::UnwindBegin))
    E.popTo(Depth);
}

void FunctionLowering::evaluateChildren(const Stmt &S) {
  for (const Stmt *Child : S.children())
    if (const auto *Expression = dyn_cast_or_null<Expr>(Child))
      value(Expression);
    else if (Child)
      statement(Child);
}

Operand FunctionLowering::unknownValue(const Expr &Expression) {
  if (form(Expression.getType()).is(Form::Nothing) && !Expression.getType()->isArithmeticType())
    return Operand::unknown();
  if (form(Expression.getType()).is(Form::Variant))
    return foreignValue(Expression);
  return E.value(Op::Symbol, {}, at(Expression), text(Expression));
}

/// What the program decides, but not in a way that is followed.
Operand FunctionLowering::foreignValue(const Expr &Expression) {
  return E.foreign(at(Expression), text(Expression));
}

/// The program decides what the call leaves of it, but not in a way that is followed.
void FunctionLowering::leaveForeign(Operand What, const ModelledCall &C) {
  leaveForeign(What, at(C.Site), C.Callee.getNameAsString());
}

void FunctionLowering::leaveForeign(Operand What, Place At, StringRef By) {
  E.act(Op::Extern, {What}, At, By).Flag.set(Flag::Escapes).set(Flag::Foreign);
}

Operand FunctionLowering::value(const Expr *Expression) {
  if (auto Read = Expression ? TextLowering(*this).element(*Expression) : std::nullopt)
    return *Read;
  // What yields a reference yields an address; the value is behind it.
  if (Expression && Expression->isGLValue() &&
      isa<CallExpr, AbstractConditionalOperator>(Expression->IgnoreParens()) &&
      form(Expression->getType()).isValue())
    return load(place(Expression), Expression->getSourceRange());
  return evaluate(Expression);
}

/// Whether an integer is plainly found out at run time: asking Clang for it costs more.
static bool isOfRunTime(const Expr &Expression) {
  const Expr *Inner = Expression.IgnoreParenImpCasts();
  if (const auto *Call = dyn_cast<CallExpr>(Inner)) {
    const FunctionDecl *F = Call->getDirectCallee();
    return F && !F->isConstexpr() && F->getBuiltinID() == 0;
  }
  const auto *Name = dyn_cast<DeclRefExpr>(Inner);
  const auto *Variable = Name ? dyn_cast<VarDecl>(Name->getDecl()) : nullptr;
  return Variable && !Variable->getType().isConstQualified() && !Variable->isConstexpr() &&
         !Variable->getType()->isReferenceType();
}

Operand FunctionLowering::evaluate(const Expr *Expression) {
  if (!Expression || Expression->containsErrors() || Expression->isTypeDependent())
    return Operand::unknown();
  if (auto Known = Prepared.find(Expression); Known != Prepared.end())
    return load(Known->second, Expression->getSourceRange());
  Expr::EvalResult Constant;
  if (Expression->isPRValue() && Expression->getType()->isIntegralOrEnumerationType() &&
      !Expression->isValueDependent() && !isOfRunTime(*Expression) &&
      Expression->EvaluateAsInt(Constant, U.Context) &&
      Constant.Val.getInt().getSignificantBits() <= 64) {
    // By its bits: 1u << 31 and ~1u are few to write as negative numbers.
    bool IsWord = Constant.Val.getInt().getBitWidth() == 32;
    return Operand::integer(IsWord ? Constant.Val.getInt().getSExtValue()
                                   : Constant.Val.getInt().getExtValue());
  }
  switch (Expression->getStmtClass()) {
  case Stmt::ParenExprClass:
    return value(cast<ParenExpr>(Expression)->getSubExpr());
  case Stmt::ConstantExprClass:
    return value(cast<ConstantExpr>(Expression)->getSubExpr());
  case Stmt::ExprWithCleanupsClass:
    return value(cast<ExprWithCleanups>(Expression)->getSubExpr());
  case Stmt::CXXBindTemporaryExprClass:
    return value(cast<CXXBindTemporaryExpr>(Expression)->getSubExpr());
  case Stmt::SubstNonTypeTemplateParmExprClass:
    return value(cast<SubstNonTypeTemplateParmExpr>(Expression)->getReplacement());
  case Stmt::CXXDefaultArgExprClass:
    return value(cast<CXXDefaultArgExpr>(Expression)->getExpr());
  case Stmt::CXXDefaultInitExprClass:
    return value(cast<CXXDefaultInitExpr>(Expression)->getExpr());
  case Stmt::CXXStdInitializerListExprClass: {
    const Expr *Sub = cast<CXXStdInitializerListExpr>(Expression)->getSubExpr();
    return value(Sub);
  }
  case Stmt::StringLiteralClass:
    return TextLowering(*this).literal(*cast<StringLiteral>(Expression));
  case Stmt::CXXRewrittenBinaryOperatorClass: {
    const auto &Rewritten = *cast<CXXRewrittenBinaryOperator>(Expression);
    const Expr &Left = *Rewritten.getLHS(), &Right = *Rewritten.getRHS();
    auto Test = askClock(Rewritten.getOperator(), Left, Right, Rewritten);
    if (!Test)
      Test = TextLowering(*this).compare(
          BinaryOperator::getOverloadedOperator(Rewritten.getOperator()), Left, Right, Rewritten);
    return Test ? *Test : value(Rewritten.getSemanticForm());
  }
  case Stmt::CXXNullPtrLiteralExprClass:
  case Stmt::GNUNullExprClass:
    return Operand::null();
  case Stmt::CXXThisExprClass:
    return This.Where;
  case Stmt::LambdaExprClass:
    return lambda(*cast<LambdaExpr>(Expression), false);
  case Stmt::CXXNewExprClass:
    return newExpression(*cast<CXXNewExpr>(Expression));
  case Stmt::CXXDeleteExprClass:
    return deleteExpression(*cast<CXXDeleteExpr>(Expression));
  case Stmt::CXXThrowExprClass:
    throwExpression(*cast<CXXThrowExpr>(Expression));
    return Operand::unknown();
  case Stmt::CXXMemberCallExprClass:
    return memberCall(*cast<CXXMemberCallExpr>(Expression));
  case Stmt::CXXOperatorCallExprClass:
    return operatorCall(*cast<CXXOperatorCallExpr>(Expression));
  case Stmt::CallExprClass:
  case Stmt::UserDefinedLiteralClass:
    return call(*cast<CallExpr>(Expression));
  case Stmt::CXXConstructExprClass:
  case Stmt::CXXTemporaryObjectExprClass:
    return construct(*cast<CXXConstructExpr>(Expression), {});
  case Stmt::InitListExprClass:
    return initializerList(*cast<InitListExpr>(Expression), {});
  case Stmt::CXXScalarValueInitExprClass:
  case Stmt::ImplicitValueInitExprClass:
    return initialize(Expression->getType(), Expression, {}, Expression->getSourceRange());
  case Stmt::CoawaitExprClass:
    return awaitExpression(*cast<CoawaitExpr>(Expression));
  case Stmt::CoyieldExprClass:
    if (Coroutine.IsBody)
      if (auto Got = CoroutineLowering(*this).await(*cast<CoyieldExpr>(Expression)))
        return *Got;
    evaluateChildren(*Expression);
    E.act(Op::Yield, {}, at(*Expression), "co_yield");
    return Operand::unknown();
  case Stmt::AtomicExprClass:
    return builtinAtomic(*cast<AtomicExpr>(Expression));
  case Stmt::OpaqueValueExprClass: {
    const auto *Opaque = cast<OpaqueValueExpr>(Expression);
    auto Found = Opaques.find(Opaque);
    return Found != Opaques.end() ? Found->second : value(Opaque->getSourceExpr());
  }
  case Stmt::BlockExprClass: return TaskLowering(*this).block(*cast<BlockExpr>(Expression));
  case Stmt::StmtExprClass: {
    if (auto Task = TaskLowering(*this).inlineTask(*cast<StmtExpr>(Expression)))
      return *Task;
    const CompoundStmt *Body = cast<StmtExpr>(Expression)->getSubStmt();
    size_t Depth = E.depth();
    Operand Last = Operand::unknown();
    for (const Stmt *Child : Body->body()) {
      const auto *Final = dyn_cast<Expr>(Child);
      if (Final && Child == Body->body_back())
        Last = value(Final);
      else
        statement(Child);
    }
    E.popTo(Depth);
    return Last;
  }
  default:
    break;
  }
  if (const auto *C = dyn_cast<CastExpr>(Expression))
    return cast(*C);
  if (const auto *O = dyn_cast<UnaryOperator>(Expression))
    return unary(*O);
  if (const auto *O = dyn_cast<BinaryOperator>(Expression))
    return binary(*O);
  if (const auto *C = dyn_cast<AbstractConditionalOperator>(Expression))
    return conditional(*C);
  if (isa<DeclRefExpr, MemberExpr, ArraySubscriptExpr, MaterializeTemporaryExpr,
          CompoundLiteralExpr>(Expression))
    return load(place(Expression), Expression->getSourceRange());
  evaluateChildren(*Expression);
  return unknownValue(*Expression);
}

/// What is read through an address or out of a container tells its type nowhere else.
Operand FunctionLowering::read(const Storage &From, const CastExpr &C) {
  Operand Value = load(From, C.getSourceRange());
  bool IsSomewhere = From.K == Storage::Kind::Through || From.K == Storage::Kind::Element;
  if (IsSomewhere && U.isPlainNumber(C.getType()))
    E.slot(SlotId(Value.Number)).IsNumber = true;
  return Value;
}

Operand FunctionLowering::cast(const CastExpr &C) {
  const Expr *Sub = C.getSubExpr();
  switch (C.getCastKind()) {
  case CK_LValueToRValue:
    return read(place(Sub), C);
  case CK_NullToPointer:
  case CK_NullToMemberPointer:
    return Operand::null();
  case CK_ArrayToPointerDecay:
  case CK_FunctionToPointerDecay:
    return reference(Sub);
  case CK_PointerToBoolean:
  case CK_IntegralToBoolean: {
    Operand Value = value(Sub);
    return arithmetic(Op::Ne, Value, Operand::integer(0), C);
  }
  case CK_ToVoid:
    discard(Sub);
    return Operand::unknown();
  case CK_UserDefinedConversion:
  case CK_ConstructorConversion:
    return value(Sub);
  case CK_BitCast:
    if (auto Made = allocated(C))
      return *Made;
    if (auto Other = betweenStructs(C))
      return *Other;
    break;
  default:
    break;
  }
  if (Sub->isGLValue() && C.isGLValue())
    return load(place(Sub), C.getSourceRange());
  Operand Value = value(Sub);
  if (C.getType()->isFloatingType() || form(C.getType()).is(Form::Nothing))
    return Value.isSlot() || Value.K == Operand::Kind::Int ? Value : Operand::unknown();
  return Value;
}

} // namespace taskleak
