// Copies and moves of objects.
//   Worker W = std::move(V);   a copy whose source lets go of its handles

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

/// The one that is written in the program to copy or to move; null where the compiler's does.
static const CXXConstructorDecl *ownConstructor(const UnitLowering &U, QualType T, bool Moves) {
  const auto *Record = T->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return nullptr;
  Moves = Moves && Record->getDefinition()->hasMoveConstructor();
  for (const CXXConstructorDecl *Constructor : Record->getDefinition()->ctors()) {
    bool IsIt = Moves ? Constructor->isMoveConstructor() : Constructor->isCopyConstructor();
    if (IsIt && Constructor->isUserProvided() && U.isOwn(*Constructor))
      return Constructor;
  }
  return nullptr;
}

Operand FunctionLowering::copyOf(const Expr &From, QualType T, bool Moves, SourceRange At) {
  if (From.isPRValue())
    return value(&From);
  Operand Source = reference(&From);
  Moves |= From.isXValue();
  bool IsCopy = !Moves && holdsWaits(T);
  if (const CXXConstructorDecl *Own = ownConstructor(U, T, Moves))
    return copyBy(*Own, Source, IsCopy, At);
  Operand Copy = Operand::slot(E.newSlot());
  Instruction &Made = E.act(Op::Copy, {Source}, at(At));
  Made.Flag.set(Flag::Copies, IsCopy);
  Made.Result = SlotId(Copy.Number);
  if (Moves || IsCopy)
    copyMembers(T, Copy, Source, Moves, At);
  if (Moves)
    clearHandles(T, Source, At);
  return Copy;
}

Operand FunctionLowering::copyBy(const CXXConstructorDecl &Constructor, Operand Source,
                                 bool IsCopy, SourceRange At) {
  Operand Made = makeRecord(*Constructor.getParent(), At);
  FunctionId Id = U.function(Constructor);
  U.body(Id).Called = true;
  Instruction &Call = E.act(Op::Call, {Made, Source}, at(At));
  Call.Callee = Id;
  Call.Flag.set(Flag::Copies, IsCopy);
  return Made;
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

/// The compiler's own copy or move constructor calls those of the members.
void FunctionLowering::copyMembers(QualType T, Operand To, Operand From, bool Moves,
                                   SourceRange At) {
  const RecordDecl *Record = T->getAsRecordDecl();
  if (!form(T).is(Form::Record) || !Record || !Record->getDefinition())
    return;
  for (const FieldDecl *Field : Record->getDefinition()->fields()) {
    QualType Inner = Field->getType();
    if (!form(Inner).is(Form::Record) || !(Moves ? U.needsDestruction(Inner) : holdsWaits(Inner)))
      continue;
    Operand Source = E.value(Op::Load, {From}, at(At), Field->getName());
    if (const CXXConstructorDecl *Own = ownConstructor(U, Inner, Moves)) {
      Operand Member = copyBy(*Own, Source, !Moves, At);
      E.act(Op::Store, {To, Member}, at(At), Field->getName());
    } else {
      copyMembers(Inner, E.value(Op::Load, {To}, at(At), Field->getName()), Source, Moves, At);
    }
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
