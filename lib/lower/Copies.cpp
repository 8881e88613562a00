// Copies and moves of objects.
//   Worker W = std::move(V);   a copy whose source lets go of its handles

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::copyOf(const Expr &From, QualType T, bool Moves, SourceRange At) {
  if (From.isPRValue())
    return value(&From);
  Operand Source = reference(&From);
  Operand Copy = Operand::slot(E.newSlot());
  bool IsCopy = !Moves && !From.isXValue() && holdsWaits(T);
  Instruction &Made = E.act(Op::Copy, {Source}, at(At));
  Made.Flag.set(Flag::Copies, IsCopy);
  Made.Result = SlotId(Copy.Number);
  if (Moves || From.isXValue())
    clearHandles(T, Source, At);
  else if (IsCopy)
    copyMembers(T, Copy, Source, At);
  return Copy;
}

const Expr *FunctionLowering::readInC(const Expr &Init) {
  const auto *Read = dyn_cast<ImplicitCastExpr>(&Init);
  bool IsRead = Read && Read->getCastKind() == CK_LValueToRValue &&
                !isa<CompoundLiteralExpr>(Read->getSubExpr()->IgnoreParens());
  return IsRead ? Read->getSubExpr() : nullptr;
}

bool FunctionLowering::holdsWaits(QualType T) {
  TypeForm Shape = form(T);
  if (Shape.is(Form::Object) || Shape.is(Form::Atomic))
    return true;
  const RecordDecl *Record = T->getAsRecordDecl();
  if (T->isReferenceType() || !Shape.is(Form::Record) || !Record || !Record->getDefinition())
    return false;
  return llvm::any_of(Record->getDefinition()->fields(),
                      [&](const FieldDecl *Field) { return holdsWaits(Field->getType()); });
}

static const CXXConstructorDecl *ownCopyConstructor(const UnitLowering &U, QualType T) {
  const auto *Record = T->getAsCXXRecordDecl();
  if (Record && Record->hasDefinition())
    for (const CXXConstructorDecl *Constructor : Record->getDefinition()->ctors())
      if (Constructor->isCopyConstructor() && Constructor->isUserProvided() &&
          U.isOwn(*Constructor))
        return Constructor;
  return nullptr;
}

/// The compiler's own copy constructor calls those of the members.
void FunctionLowering::copyMembers(QualType T, Operand To, Operand From, SourceRange At) {
  const RecordDecl *Record = T->getAsRecordDecl();
  if (!form(T).is(Form::Record) || !Record)
    return;
  for (const FieldDecl *Field : Record->getDefinition()->fields()) {
    QualType Inner = Field->getType();
    if (!form(Inner).is(Form::Record) || !holdsWaits(Inner))
      continue;
    Operand Source = E.value(Op::Load, {From}, at(At), Field->getName());
    const CXXConstructorDecl *Constructor = ownCopyConstructor(U, Inner);
    if (!Constructor) {
      copyMembers(Inner, E.value(Op::Load, {To}, at(At), Field->getName()), Source, At);
      continue;
    }
    Operand Member = makeRecord(*Constructor->getParent(), At);
    FunctionId Id = U.function(*Constructor);
    U.body(Id).Called = true;
    Instruction &Call = E.act(Op::Call, {Member, Source}, at(At));
    Call.Callee = Id;
    Call.Flag.set(Flag::Copies);
    E.act(Op::Store, {To, Member}, at(At), Field->getName());
  }
}

void FunctionLowering::clearHandles(QualType T, Operand Object, SourceRange At) {
  TypeForm Shape = form(T);
  if (Shape.is(Form::Sequence) && !T->isArrayType()) {
    E.act(Op::Clear, {Object}, at(At));
    return;
  }
  if (Shape.is(Form::Guard)) {
    E.act(Op::Store, {Object, Operand::integer(0)}, at(At), "owns");
    return;
  }
  if (Shape.is(Form::Cleanup)) {
    E.act(Op::Store, {Object, Operand::null()}, at(At), "run");
    return;
  }
  const auto *Record = T->getAsCXXRecordDecl();
  if (!Shape.is(Form::Record) || !Record || !Record->hasDefinition())
    return;
  for (const FieldDecl *Field : Record->getDefinition()->fields()) {
    TypeForm Inner = form(Field->getType());
    if (Field->getType()->isReferenceType())
      continue;
    if (Inner.is(Form::Handle) || Inner.is(Form::Pointer))
      E.act(Op::Store, {Object, Operand::null()}, at(At), Field->getName());
    else if (Inner.isObject())
      clearHandles(Field->getType(), E.value(Op::Load, {Object}, at(At), Field->getName()), At);
  }
}

} // namespace taskleak
