// Assignment to a variable that is an object of its own.
//   Box = Box2{};   the new object takes the place of the old one
//   Out = Job;      behind a reference, its members or elements take the place of the others
//   Held = std::unique_lock(M);

#include "lower/LockLowering.h"

using namespace clang;

namespace taskleak {

/// \p Old is the place of \p To.
void FunctionLowering::assignObject(const Expr &To, Storage Old, Operand Value, SourceRange At) {
  if (form(To.getType()).is(Form::Guard))
    return LockLowering(*this).assignGuard(To.getType(), addressOf(Old, At), Value, at(At));
  const Expr *Bare = To.IgnoreParenImpCasts();
  if (const auto *M = dyn_cast<MemberExpr>(Bare); M && isa<FieldDecl>(M->getMemberDecl())) {
    Operand Owner = M->isArrow() ? value(M->getBase()) : reference(M->getBase());
    E.act(Op::Store, {Owner, Value}, at(At), M->getMemberDecl()->getNameAsString());
    return;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(Bare);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  bool IsLocal = V && V->isLocalVarDeclOrParm() && !V->getType()->isReferenceType() &&
                 !Ref->refersToEnclosingVariableOrCapture();
  if (IsLocal && Old.Where.isSlot()) {
    E.act(Op::Move, {Value}, at(At)).Result = Old.Where.Number;
    return;
  }
  const RecordDecl *Record = To.getType()->getAsRecordDecl();
  if (Old.K == Storage::Kind::Object && form(To.getType()).is(Form::Sequence))
    return fillFrom(Old.Where, Value, at(At));
  if (Old.K == Storage::Kind::Object && form(To.getType()).is(Form::Record) && Record &&
      Record->getDefinition())
    assignFields(*Record->getDefinition(), Old.Where, Value, At);
}

/// Others know the object by its reference: it stays, and gets the members of the new one.
void FunctionLowering::assignFields(const RecordDecl &Record, Operand To, Operand From,
                                    SourceRange At) {
  if (const auto *Class = dyn_cast<CXXRecordDecl>(&Record))
    for (const CXXBaseSpecifier &Parent : Class->bases())
      if (const auto *R = Parent.getType()->getAsCXXRecordDecl(); R && R->hasDefinition())
        assignFields(*R->getDefinition(), To, From, At);
  for (const FieldDecl *Field : Record.fields()) {
    if (Field->getType()->isReferenceType() || form(Field->getType()).is(Form::Nothing))
      continue;
    Operand Member = E.value(Op::Load, {From}, at(At), Field->getName());
    E.act(Op::Store, {To, Member}, at(At), Field->getName());
  }
}

} // namespace taskleak
