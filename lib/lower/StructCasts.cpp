// Casts between a struct and what it is part of, or begins with.
//   struct job *J = (struct job *)((char *)Node - offsetof(struct job, node));
//   struct tcp *T = (struct tcp *)Stream;   // which is the first member of it

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

/// A step from a member to what it is a part of: container_of(node, struct job, node).
static const BinaryOperator *stepsBetweenObjects(const CastExpr &C) {
  const auto *Step = dyn_cast<BinaryOperator>(C.getSubExpr()->IgnoreParens());
  bool IsOfBytes = Step && Step->isAdditiveOp() && Step->getType()->isPointerType() &&
                   (Step->getType()->getPointeeType()->isAnyCharacterType() ||
                    Step->getType()->isVoidPointerType());
  return IsOfBytes && C.getType()->isPointerType() && C.getType()->getPointeeType()->isRecordType()
             ? Step
             : nullptr;
}

/// The field from which it steps to the whole; null if that is not said by offsetof.
static const FieldDecl *steppedFrom(const BinaryOperator &Step, const CastExpr &C) {
  const auto *Offset = dyn_cast<OffsetOfExpr>(Step.getRHS()->IgnoreParenCasts());
  if (Step.getOpcode() != BO_Sub || !Offset || Offset->getNumComponents() != 1 ||
      Offset->getComponent(0).getKind() != OffsetOfNode::Field)
    return nullptr;
  const FieldDecl *Field = Offset->getComponent(0).getField();
  const auto *Whole = C.getType()->getPointeeType()->getAsRecordDecl();
  bool IsIn = Whole && Field->getParent()->getCanonicalDecl() == Whole->getCanonicalDecl();
  return IsIn ? Field : nullptr;
}

/// The first member of \p Whole, if it is a \p Part.
static const FieldDecl *beginsWith(QualType Whole, QualType Part) {
  const RecordDecl *In = Whole->getAsRecordDecl();
  In = In ? In->getDefinition() : nullptr;
  if (!In || In->isUnion() || In->field_empty() || !Part->isRecordType())
    return nullptr;
  const auto *Class = dyn_cast<CXXRecordDecl>(In);
  if (Class && (Class->getNumBases() != 0 || Class->isPolymorphic()))
    return nullptr;
  const FieldDecl *First = *In->field_begin();
  return First->getASTContext().hasSameUnqualifiedType(First->getType(), Part) ? First : nullptr;
}

std::optional<Operand> FunctionLowering::betweenStructs(const CastExpr &C) {
  auto WholeOf = [&](const Expr &Part, const FieldDecl &Field) {
    U.leadsBack(Field);
    return E.value(Op::Whole, {value(&Part)}, at(C), Field.getName());
  };
  if (const BinaryOperator *Step = stepsBetweenObjects(C)) {
    if (const FieldDecl *From = steppedFrom(*Step, C))
      return WholeOf(*Step->getLHS(), *From);
    leaveForeign(value(Step->getLHS()), at(C), {});
    return foreignValue(C);
  }
  QualType From = C.getSubExpr()->getType(), To = C.getType();
  if (!From->isPointerType() || !To->isPointerType())
    return std::nullopt;
  if (const FieldDecl *First = beginsWith(To->getPointeeType(), From->getPointeeType()))
    return WholeOf(*C.getSubExpr(), *First);
  const FieldDecl *First = beginsWith(From->getPointeeType(), To->getPointeeType());
  if (!First)
    return std::nullopt;
  SlotId Part = E.newSlot();
  Operand Whole = value(C.getSubExpr());
  E.act(Op::Move, {Operand::null()}, at(C)).Result = Part;
  whenSet(Whole, [&] {
    E.act(Op::Load, {Whole}, at(C), First->getName()).Result = Part;
  });
  return Operand::slot(Part);
}

} // namespace taskleak
