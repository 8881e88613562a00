// Expressions: values, and the places that glvalues name.

#include "lower/FunctionLowering.h"

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
  return E.value(Op::Symbol, {}, at(Expression), text(Expression));
}

Operand FunctionLowering::value(const Expr *Expression) {
  // What yields a reference yields an address; the value is behind it.
  if (Expression && Expression->isGLValue() &&
      isa<CallExpr, AbstractConditionalOperator>(Expression->IgnoreParens()) &&
      form(Expression->getType()).isValue())
    return load(place(Expression), Expression->getSourceRange());
  return evaluate(Expression);
}

Operand FunctionLowering::evaluate(const Expr *Expression) {
  if (!Expression || Expression->containsErrors() || Expression->isTypeDependent())
    return Operand::unknown();
  if (auto Known = Prepared.find(Expression); Known != Prepared.end())
    return load(Known->second, Expression->getSourceRange());
  Expr::EvalResult Constant;
  if (Expression->isPRValue() && Expression->getType()->isIntegralOrEnumerationType() &&
      !Expression->isValueDependent() && Expression->EvaluateAsInt(Constant, U.Context) &&
      Constant.Val.getInt().getSignificantBits() <= 64)
    return Operand::integer(Constant.Val.getInt().getExtValue());
  switch (Expression->getStmtClass()) {
  case Stmt::ParenExprClass: return value(cast<ParenExpr>(Expression)->getSubExpr());
  case Stmt::ConstantExprClass: return value(cast<ConstantExpr>(Expression)->getSubExpr());
  case Stmt::ExprWithCleanupsClass: return value(cast<ExprWithCleanups>(Expression)->getSubExpr());
  case Stmt::CXXBindTemporaryExprClass:
    return value(cast<CXXBindTemporaryExpr>(Expression)->getSubExpr());
  case Stmt::SubstNonTypeTemplateParmExprClass:
    return value(cast<SubstNonTypeTemplateParmExpr>(Expression)->getReplacement());
  case Stmt::CXXDefaultArgExprClass: return value(cast<CXXDefaultArgExpr>(Expression)->getExpr());
  case Stmt::CXXDefaultInitExprClass: return value(cast<CXXDefaultInitExpr>(Expression)->getExpr());
  case Stmt::CXXStdInitializerListExprClass: {
    const Expr *Sub = cast<CXXStdInitializerListExpr>(Expression)->getSubExpr();
    return value(Sub);
  }
  case Stmt::CXXNullPtrLiteralExprClass:
  case Stmt::GNUNullExprClass: return Operand::null();
  case Stmt::CXXThisExprClass: return This.Where;
  case Stmt::LambdaExprClass: return lambda(*cast<LambdaExpr>(Expression), false);
  case Stmt::CXXNewExprClass: return newExpression(*cast<CXXNewExpr>(Expression));
  case Stmt::CXXDeleteExprClass: return deleteExpression(*cast<CXXDeleteExpr>(Expression));
  case Stmt::CXXThrowExprClass:
    throwExpression(*cast<CXXThrowExpr>(Expression));
    return Operand::unknown();
  case Stmt::CXXMemberCallExprClass: return memberCall(*cast<CXXMemberCallExpr>(Expression));
  case Stmt::CXXOperatorCallExprClass: return operatorCall(*cast<CXXOperatorCallExpr>(Expression));
  case Stmt::CallExprClass:
  case Stmt::UserDefinedLiteralClass: return call(*cast<CallExpr>(Expression));
  case Stmt::CXXConstructExprClass:
  case Stmt::CXXTemporaryObjectExprClass:
    return construct(*cast<CXXConstructExpr>(Expression), {});
  case Stmt::InitListExprClass: return initializerList(*cast<InitListExpr>(Expression), {});
  case Stmt::CXXScalarValueInitExprClass:
  case Stmt::ImplicitValueInitExprClass:
    return form(Expression->getType()).isValue()
               ? Operand::null()
               : makeDefault(Expression->getType(), form(Expression->getType()), {},
                             Expression->getSourceRange());
  case Stmt::CoawaitExprClass: return awaitExpression(*cast<CoawaitExpr>(Expression));
  case Stmt::CoyieldExprClass:
    evaluateChildren(*Expression);
    E.act(Op::Yield, {}, at(*Expression), "co_yield");
    return Operand::unknown();
  case Stmt::OpaqueValueExprClass: {
    const auto *Opaque = cast<OpaqueValueExpr>(Expression);
    auto Found = Opaques.find(Opaque);
    return Found != Opaques.end() ? Found->second : value(Opaque->getSourceExpr());
  }
  case Stmt::StmtExprClass: {
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
  if (isa<DeclRefExpr, MemberExpr, ArraySubscriptExpr, MaterializeTemporaryExpr>(Expression))
    return load(place(Expression), Expression->getSourceRange());
  evaluateChildren(*Expression);
  return unknownValue(*Expression);
}

Operand FunctionLowering::reference(const Expr *Expression) {
  return addressOf(place(Expression), Expression->getSourceRange());
}

Storage FunctionLowering::place(const Expr *Expression) {
  if (auto Known = Prepared.find(Expression); Known != Prepared.end())
    return Known->second;
  Expression = Expression->IgnoreParens();
  if (Expression->containsErrors())
    return {};
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Expression)) {
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
      return storageOf(*V);
    if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl()))
      if (FunctionId Id = U.function(*F); Id != NoId) {
        U.body(Id).Called = true;
        return Storage::object(Operand::function(Id));
      }
    return {};
  }
  if (const auto *M = dyn_cast<MemberExpr>(Expression))
    return member(*M);
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(Expression))
    return elementOf(*Subscript->getBase(), *Subscript->getIdx());
  if (const auto *Full = dyn_cast<ExprWithCleanups>(Expression))
    return place(Full->getSubExpr());
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Expression)) {
    QualType T = Temporary->getType();
    SourceRange Here = Temporary->getSourceRange();
    Operand Value = initialize(T, Temporary->getSubExpr(), {}, Here);
    if (form(T).is(Form::Nothing))
      return {};
    if (form(T).isObject()) {
      if (!Temporary->getExtendingDecl())
        temporary(Value, T, Here);
      return Storage::object(Value);
    }
    SlotId Slot = E.newSlot();
    E.act(Op::Move, {Value}, at(Here)).Result = Slot;
    if (!Temporary->getExtendingDecl())
      temporary(Operand::slot(Slot), T, Here); // Empty again once it is moved from.
    return Storage::slot(Slot);
  }
  if (const auto *C = dyn_cast<CastExpr>(Expression)) {
    if (Expression->isGLValue() && C->getSubExpr()->isGLValue())
      return place(C->getSubExpr());
  }
  if (const auto *O = dyn_cast<UnaryOperator>(Expression)) {
    if (O->getOpcode() == UO_Deref) {
      Operand Pointer = value(O->getSubExpr());
      TypeForm Shape = form(O->getType());
      if (Shape.isObject())
        return Storage::object(Pointer);
      return Shape.is(Form::Nothing) ? Storage{} : Storage::through(Pointer);
    }
    if (O->isPrefix() && O->isIncrementDecrementOp()) {
      unary(*O);
      return place(O->getSubExpr());
    }
  }
  if (const auto *O = dyn_cast<BinaryOperator>(Expression)) {
    if (O->isAssignmentOp()) {
      binary(*O);
      return place(O->getLHS());
    }
    if (O->getOpcode() == BO_Comma) {
      discard(O->getLHS());
      return place(O->getRHS());
    }
  }
  if (const auto *C = dyn_cast<CallExpr>(Expression); C && C->isGLValue())
    if (auto Call = modelOf(*C); Call && Call->Row.Role == CallRole::Same)
      if (const Expr *Inner = Call->arg(Call->Row.Value))
        // move(X) and forward(X) name X.
        if (form(Inner->getType()).F == form(C->getType()).F && Inner->isGLValue())
          return place(Inner);
  // A call that yields a reference, a conditional, anything else.
  Operand Value = evaluate(Expression);
  TypeForm Shape = form(Expression->getType());
  if (Shape.isObject())
    return Storage::object(Value);
  if (Shape.is(Form::Nothing) || Value.isUnknown())
    return {};
  if (auto Element = Elements.find(Expression); Element != Elements.end())
    return Element->second;
  if (Expression->isGLValue() && isa<CallExpr, AbstractConditionalOperator>(Expression))
    return Storage::through(Value);
  SlotId Slot = E.newSlot();
  E.act(Op::Move, {Value}, at(*Expression)).Result = Slot;
  return Storage::slot(Slot);
}

Storage FunctionLowering::member(const MemberExpr &M) {
  if (const auto *V = dyn_cast<VarDecl>(M.getMemberDecl()))
    return storageOf(*V);
  const auto *Field = dyn_cast<FieldDecl>(M.getMemberDecl());
  if (!Field || form(M.getBase()->getType()->isPointerType()
                         ? M.getBase()->getType()->getPointeeType()
                         : M.getBase()->getType()).is(Form::Nothing)) {
    if (!isa<CXXThisExpr>(M.getBase()->IgnoreParenImpCasts()))
      value(M.getBase());
    return {};
  }
  Operand Object = M.isArrow() ? value(M.getBase()) : reference(M.getBase());
  TypeForm Shape = form(Field->getType());
  if (Shape.is(Form::Nothing))
    return {};
  std::string Name = Field->getNameAsString();
  if (Shape.isObject())
    return Storage::object(E.value(Op::Load, {Object}, at(M), Name));
  if (Field->getType()->isReferenceType())
    return Storage::through(E.value(Op::Load, {Object}, at(M), Name));
  return Storage::field(Object, Name);
}

Storage FunctionLowering::elementOf(const Expr &Base, const Expr &Index) {
  const Expr *Array = Base.IgnoreParenImpCasts();
  Operand At = value(&Index);
  if (!Array->getType()->isArrayType() && !form(Array->getType()).is(Form::Sequence)) {
    value(&Base);
    return {};
  }
  Operand Sequence = reference(Array);
  TypeForm Shape = form(Forms::element(Array->getType()));
  if (Shape.is(Form::Nothing))
    return {};
  Storage Element = Storage::element(Sequence, At);
  if (Shape.isObject())
    return Storage::object(load(Element, Base.getSourceRange()));
  return Element;
}

/// `T *P = malloc(sizeof *P)` makes a T.
std::optional<Operand> FunctionLowering::allocated(const CastExpr &C) {
  const auto *Call = dyn_cast<CallExpr>(C.getSubExpr()->IgnoreParenCasts());
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  if (!F || !F->getReturnType()->isVoidPointerType() || U.isOwn(*F) ||
      !(F->hasAttr<RestrictAttr>() || F->hasAttr<AllocSizeAttr>() || F->getBuiltinID()))
    return std::nullopt;
  QualType T = C.getType()->getPointeeType();
  if (T.isNull() || !form(T).isObject())
    return std::nullopt;
  evaluateChildren(*Call);
  Operand Made = makeDefault(T, form(T), {}, C.getSourceRange());
  const RecordDecl *Record = T->getAsRecordDecl();
  if (F->getIdentifier() && F->getName() == "calloc" && Record && Record->getDefinition())
    for (const FieldDecl *Field : Record->getDefinition()->fields())
      if (form(Field->getType()).is(Form::Scalar))
        E.act(Op::Store, {Made, Operand::integer(0)}, at(C), Field->getName());
  return Made;
}

Operand FunctionLowering::cast(const CastExpr &C) {
  const Expr *Sub = C.getSubExpr();
  switch (C.getCastKind()) {
  case CK_LValueToRValue: return load(place(Sub), C.getSourceRange());
  case CK_NullToPointer:
  case CK_NullToMemberPointer: return Operand::null();
  case CK_ArrayToPointerDecay:
  case CK_FunctionToPointerDecay: return reference(Sub);
  case CK_PointerToBoolean:
  case CK_IntegralToBoolean: {
    Operand Value = value(Sub);
    return arithmetic(Op::Ne, Value, Operand::integer(0), C);
  }
  case CK_ToVoid:
    discard(Sub);
    return Operand::unknown();
  case CK_UserDefinedConversion:
  case CK_ConstructorConversion: return value(Sub);
  case CK_BitCast:
    if (auto Made = allocated(C))
      return *Made;
    break;
  default: break;
  }
  if (Sub->isGLValue() && C.isGLValue())
    return load(place(Sub), C.getSourceRange());
  Operand Value = value(Sub);
  if (C.getType()->isFloatingType() || form(C.getType()).is(Form::Nothing))
    return Value.isSlot() || Value.K == Operand::Kind::Int ? Value : Operand::unknown();
  return Value;
}

Operand FunctionLowering::arithmetic(Op Code, Operand A, Operand B, const Expr &Site) {
  return E.value(Code, {A, B}, at(Site), text(Site));
}

Operand FunctionLowering::unary(const UnaryOperator &O) {
  const Expr *Sub = O.getSubExpr();
  switch (O.getOpcode()) {
  case UO_AddrOf: {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Sub->IgnoreParens()))
      if (const auto *Method = dyn_cast<CXXMethodDecl>(Ref->getDecl())) {
        FunctionId Id = U.function(*Method);
        if (Id != NoId)
          U.body(Id).Called = true;
        return Id == NoId ? Operand::unknown() : Operand::function(Id);
      }
    return reference(Sub);
  }
  case UO_Deref: return load(place(&O), O.getSourceRange());
  case UO_LNot: return E.value(Op::Not, {value(Sub)}, at(O), text(O));
  case UO_Minus: return arithmetic(Op::Sub, Operand::integer(0), value(Sub), O);
  case UO_PreInc: return increment(*Sub, Op::Add, false, O.getSourceRange());
  case UO_PostInc: return increment(*Sub, Op::Add, true, O.getSourceRange());
  case UO_PreDec: return increment(*Sub, Op::Sub, false, O.getSourceRange());
  case UO_PostDec: return increment(*Sub, Op::Sub, true, O.getSourceRange());
  case UO_Plus:
  case UO_Extension: return value(Sub);
  default:
    value(Sub);
    return unknownValue(O);
  }
}

Operand FunctionLowering::increment(const Expr &What, Op Code, bool Post, SourceRange At) {
  Storage To = place(&What);
  if (!What.getType()->isIntegralOrEnumerationType()) {
    store(To, Operand::unknown(), At);
    return Operand::unknown();
  }
  Operand Old = E.value(Op::Move, {load(To, At)}, at(At));
  Operand New = E.value(Code, {Old, Operand::integer(1)}, at(At), U.text(At));
  store(To, New, At);
  return Post ? Old : New;
}

static std::optional<Op> comparison(BinaryOperatorKind Kind) {
  switch (Kind) {
  case BO_EQ: return Op::Eq;
  case BO_NE: return Op::Ne;
  case BO_LT:
  case BO_GT: return Op::Lt;
  case BO_LE:
  case BO_GE: return Op::Le;
  case BO_Add:
  case BO_AddAssign: return Op::Add;
  case BO_Sub:
  case BO_SubAssign: return Op::Sub;
  default: return std::nullopt;
  }
}

Operand FunctionLowering::binary(const BinaryOperator &O) {
  if (O.getOpcode() == BO_Comma) {
    discard(O.getLHS());
    return value(O.getRHS());
  }
  if (O.isLogicalOp())
    return logical(O);
  if (O.getOpcode() == BO_Assign)
    return assign(*O.getLHS(), *O.getRHS(), O.getSourceRange());
  auto Code = comparison(O.getOpcode());
  if (O.isCompoundAssignmentOp()) {
    Operand By = value(O.getRHS());
    Storage To = place(O.getLHS());
    Operand Old = load(To, O.getSourceRange());
    Operand New = Code ? arithmetic(*Code, Old, By, O)
                       : E.value(Op::Opaque, {Old, By}, at(O), text(O));
    store(To, New, O.getSourceRange());
    return New;
  }
  Operand Left = value(O.getLHS()), Right = value(O.getRHS());
  if (O.getOpcode() == BO_GT || O.getOpcode() == BO_GE)
    std::swap(Left, Right);
  if (Code && !O.getLHS()->getType()->isFloatingType())
    return arithmetic(*Code, Left, Right, O);
  return E.value(Op::Opaque, {Left, Right}, at(O), text(O));
}

Operand FunctionLowering::logical(const BinaryOperator &O) {
  SlotId Result = E.newSlot();
  BlockId True = E.newBlock(), False = E.newBlock(), After = E.newBlock();
  size_t Depth = E.depth();
  condition(&O, True, False);
  E.enter(True);
  E.act(Op::Move, {Operand::integer(1)}, at(O)).Result = Result;
  E.jump(After);
  E.enter(False);
  E.act(Op::Move, {Operand::integer(0)}, at(O)).Result = Result;
  E.jump(After);
  E.enter(After);
  E.forgetTo(Depth);
  return Operand::slot(Result);
}

Operand FunctionLowering::conditional(const AbstractConditionalOperator &C) {
  if (const auto *Binary = dyn_cast<BinaryConditionalOperator>(&C))
    Opaques[Binary->getOpaqueValue()] = value(Binary->getCommon());
  SlotId Result = E.newSlot();
  BlockId Then = E.newBlock(), Else = E.newBlock(), After = E.newBlock();
  condition(C.getCond(), Then, Else);
  auto Arm = [&](BlockId Here, const Expr *Value) {
    E.enter(Here);
    size_t Depth = E.depth();
    Operand Got = C.isGLValue() ? reference(Value) : value(Value);
    E.act(Op::Move, {Got}, at(*Value)).Result = Result;
    E.popTo(Depth);
    E.jump(After);
  };
  Arm(Then, C.getTrueExpr());
  Arm(Else, C.getFalseExpr());
  E.enter(After);
  return Operand::slot(Result);
}

Operand FunctionLowering::assign(const Expr &To, const Expr &From, SourceRange At) {
  // The right side first, as since C++17.
  if (form(To.getType()).isObject()) {
    Operand Value = initialize(To.getType(), &From, {}, At);
    return assignTo(To, Value, At);
  }
  return assignTo(To, value(&From), At);
}

Operand FunctionLowering::assignTo(const Expr &To, Operand Value, SourceRange At) {
  TypeForm Shape = form(To.getType());
  if (Shape.is(Form::Nothing)) {
    value(&To);
    return Value;
  }
  Storage Place = place(&To);
  if (U.needsDestruction(To.getType()) && Shape.isValue()) {
    // What the handle held before ends now: a jthread is stopped and joined.
    Operand Old = E.value(Op::Move, {load(Place, At)}, at(At));
    store(Place, Value, At);
    destroy(To.getType(), Old, At, {});
    return Value;
  }
  if (Shape.isObject() && Place.K == Storage::Kind::Object) {
    assignObject(To, Value, At);
    return Value;
  }
  store(Place, Value, At);
  return Value;
}

Operand FunctionLowering::newExpression(const CXXNewExpr &N) {
  QualType T = N.getAllocatedType();
  if (N.isArray() || form(T).is(Form::Nothing)) {
    evaluateChildren(N);
    return unknownValue(N);
  }
  Operand Value = initialize(T, N.getInitializer(), {}, N.getSourceRange());
  if (form(T).isObject())
    return Value;
  return E.value(Op::Cell, {Value}, at(N), text(N));
}

Operand FunctionLowering::deleteExpression(const CXXDeleteExpr &D) {
  Operand Pointer = value(D.getArgument());
  QualType T = D.getDestroyedType();
  if (!T.isNull() && !D.isArrayForm() && U.needsDestruction(T))
    whenSet(Pointer, [&] { callDestructor(T, Pointer, D.getSourceRange()); });
  return Operand::unknown();
}

} // namespace taskleak
