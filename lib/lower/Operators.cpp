// Operators: arithmetic, comparisons, logic, assignment.
//   if (n > 0 && !done) --n;

#include "lower/Duration.h"
#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

/// Whether it makes a difference for what is computed that no number is below zero.
static bool tellsSign(Op Code) {
  return Code == Op::Lt || Code == Op::Le || Code == Op::Div || Code == Op::Rem || Code == Op::Shr;
}

/// Whether it is computed with numbers that start anew from 0 beyond the largest one.
static bool isUnsigned(const Expr &Site) {
  if (const auto *Assigns = dyn_cast<CompoundAssignOperator>(&Site))
    return Assigns->getComputationLHSType()->isUnsignedIntegerType();
  const auto *Binary = dyn_cast<BinaryOperator>(&Site);
  return Binary && Binary->getLHS()->getType()->isUnsignedIntegerType();
}

Operand FunctionLowering::arithmetic(Op Code, Operand A, Operand B, const Expr &Site) {
  SlotId Result = E.newSlot();
  Instruction &Is = E.act(Code, {A, B}, at(Site), text(Site));
  Is.Flag.set(Flag::Unsigned, tellsSign(Code) && isUnsigned(Site));
  Is.Result = Result;
  return Operand::slot(Result);
}

/// What is computed with floating point the program decides, as a rule.
Operand FunctionLowering::inexact(Operand A, Operand B, const Expr &Site) {
  SlotId Result = E.newSlot();
  Instruction &Is = E.act(Op::Opaque, {A, B}, at(Site), text(Site));
  Is.Flag.set(Flag::Foreign);
  Is.Result = Result;
  return Operand::slot(Result);
}

Operand FunctionLowering::unary(const UnaryOperator &O) {
  const Expr *Sub = O.getSubExpr();
  switch (O.getOpcode()) {
  case UO_AddrOf: {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Sub->IgnoreParens()))
      if (const auto *Method = dyn_cast<CXXMethodDecl>(Ref->getDecl())) {
        FunctionId Id = Method->isVirtual() && !isSystem(*Method) ? dispatcher(*Method)
                                                                  : U.function(*Method);
        if (Id != NoId)
          U.body(Id).Called = true;
        return Id == NoId ? Operand::unknown() : Operand::function(Id);
      }
    return reference(Sub);
  }
  case UO_Deref:
    return load(place(&O), O.getSourceRange());
  case UO_LNot:
    return E.value(Op::Not, {value(Sub)}, at(O), text(O));
  case UO_Minus:
    return Sub->getType()->isFloatingType()
               ? inexact(Operand::integer(0), value(Sub), O)
               : arithmetic(Op::Sub, Operand::integer(0), value(Sub), O);
  case UO_PreInc:
    return increment(*Sub, Op::Add, false, O.getSourceRange());
  case UO_PostInc:
    return increment(*Sub, Op::Add, true, O.getSourceRange());
  case UO_PreDec:
    return increment(*Sub, Op::Sub, false, O.getSourceRange());
  case UO_PostDec:
    return increment(*Sub, Op::Sub, true, O.getSourceRange());
  case UO_Plus:
  case UO_Extension:
    return value(Sub);
  default:
    value(Sub);
    return unknownValue(O);
  }
}

Operand FunctionLowering::increment(const Expr &What, Op Code, bool Post, SourceRange At) {
  Storage To = place(&What);
  if (What.getType()->isPointerType()) { // for (w = workers; w < end; ++w)
    Operand Old = E.value(Op::Move, {load(To, At)}, at(At));
    bool IsText = form(What.getType()).is(Form::Text) && Code == Op::Add;
    llvm::SmallVector<Operand, 3> Of{Old, Operand::integer(1)};
    if (IsText)
      Of.push_back(Operand::unknown());
    Operand New = Operand::slot(E.newSlot());
    Instruction &Step = E.act(IsText ? Op::Part : Code, Of, at(At), U.text(At));
    Step.Result = SlotId(New.Number);
    Step.Flag.set(Flag::Foreign, !IsText);
    store(To, New, At);
    return Post ? Old : New;
  }
  if (!What.getType().getAtomicUnqualifiedType()->isIntegralOrEnumerationType()) {
    store(To, Operand::unknown(), At);
    return Operand::unknown();
  }
  if (What.getType()->isAtomicType()) {
    Update Done = updateAtomic(addressOf(To, At), Code, Operand::integer(1), What);
    return Post ? Done.Old : Done.New;
  }
  Operand Old = E.value(Op::Move, {load(To, At)}, at(At));
  Operand New = E.value(Code, {Old, Operand::integer(1)}, at(At), U.text(At));
  store(To, New, At);
  return Post ? Old : New;
}

static std::optional<Op> comparison(BinaryOperatorKind Kind) {
  switch (Kind) {
  case BO_EQ:
    return Op::Eq;
  case BO_NE:
    return Op::Ne;
  case BO_LT:
  case BO_GT:
    return Op::Lt;
  case BO_LE:
  case BO_GE:
    return Op::Le;
  case BO_Add:
  case BO_AddAssign:
    return Op::Add;
  case BO_Sub:
  case BO_SubAssign:
    return Op::Sub;
  case BO_And:
  case BO_AndAssign:
    return Op::BitAnd;
  case BO_Or:
  case BO_OrAssign:
    return Op::BitOr;
  case BO_Xor:
  case BO_XorAssign:
    return Op::BitXor;
  case BO_Shl:
  case BO_ShlAssign:
    return Op::Shl;
  case BO_Shr:
  case BO_ShrAssign:
    return Op::Shr;
  case BO_Mul:
  case BO_MulAssign:
    return Op::Mul;
  case BO_Div:
  case BO_DivAssign:
    return Op::Div;
  case BO_Rem:
  case BO_RemAssign:
    return Op::Rem;
  default:
    return std::nullopt;
  }
}

/// Clock::now() < Deadline: as for a wait with a time-out, either may be.
std::optional<Operand> FunctionLowering::askClock(BinaryOperatorKind Code, const Expr &Left,
                                                  const Expr &Right, const Expr &Site) {
  ClockTest Test = clockTest(Code, Left, Right);
  if (Test == ClockTest::None)
    return std::nullopt;
  Instruction &HasTime = E.act(Op::Symbol, {}, at(Site), text(Site));
  HasTime.Flag.set(Flag::Timed);
  HasTime.Result = E.newSlot();
  Operand Is = Operand::slot(HasTime.Result);
  return Test == ClockTest::HasTime ? Is : E.value(Op::Not, {Is}, at(Site), text(Site));
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
    bool IsFollowed = Code && !O.getLHS()->getType()->isFloatingType() &&
                      !O.getRHS()->getType()->isFloatingType();
    Operand New = IsFollowed ? arithmetic(*Code, Old, By, O) : inexact(Old, By, O);
    store(To, New, O.getSourceRange());
    return New;
  }
  Operand Left = value(O.getLHS()), Right = value(O.getRHS());
  if (O.getOpcode() == BO_GT || O.getOpcode() == BO_GE)
    std::swap(Left, Right);
  if (Code && !O.getLHS()->getType()->isFloatingType())
    return arithmetic(*Code, Left, Right, O);
  return inexact(Left, Right, O);
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
    assignObject(To, Place, Value, At);
    return Value;
  }
  store(Place, Value, At);
  return Value;
}

} // namespace taskleak
