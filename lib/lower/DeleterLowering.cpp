// A deleter is known by its type, or by the variable whose initializer names it. Where it is
// neither, what it is given is out of sight from the beginning.

#include "lower/DeleterLowering.h"

using namespace clang;

namespace taskleak {

QualType deleterOf(QualType Owner, const TypeModel &Row) {
  const auto *Special =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(Owner->getAsCXXRecordDecl());
  if (!Special || Row.Shared || Row.Destructor != DestructorEffect::Release)
    return {};
  const TemplateArgumentList &Args = Special->getTemplateArgs();
  if (Args.size() < 2 || Args[1].getKind() != TemplateArgument::Type)
    return {};
  QualType T = Args[1].getAsType().getNonReferenceType();
  const auto *Record = T->getAsCXXRecordDecl();
  bool IsDefault = Record && isSystem(*Record) && Record->getIdentifier() &&
                   Record->getName() == "default_delete";
  return IsDefault ? QualType() : T;
}

/// The call operator of a class that has nothing but that.
static const CXXMethodDecl *onlyOperator(QualType Deleter) {
  const auto *Record = Deleter->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition() || Record->isLambda() ||
      !Record->getDefinition()->isEmpty())
    return nullptr;
  for (const CXXMethodDecl *Method : Record->getDefinition()->methods())
    if (Method->getOverloadedOperator() == OO_Call)
      return Method;
  return nullptr;
}

/// The initializer that names a deleter in its second argument.
static const CXXConstructExpr *construction(const VarDecl &V) {
  const Expr *Init = V.getInit() ? V.getInit()->IgnoreImplicit() : nullptr;
  const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Init);
  bool Names = Made && Made->getNumArgs() == 2 && !isa<CXXDefaultArgExpr>(Made->getArg(1));
  return Names ? Made : nullptr;
}

void DeleterLowering::declare(const VarDecl &V) {
  TypeForm Shape = L.form(V.getType());
  const CXXConstructExpr *Made = construction(V);
  if (!Made || !Shape.is(Form::Pointer) || !Shape.Row)
    return;
  QualType T = deleterOf(V.getType(), *Shape.Row);
  if (!T.isNull() && !onlyOperator(T))
    L.Deleters[Made] = L.callable(Made->getArg(1));
}

void DeleterLowering::construct(const CXXConstructExpr &C, const TypeModel &Row, Operand Value) {
  QualType T = deleterOf(C.getType(), Row);
  if (T.isNull() || onlyOperator(T) || L.Deleters.count(&C))
    return;
  E.act(Op::Escape, {Value}, L.at(C));
  const auto *From = dyn_cast<DeclRefExpr>(C.getArg(0)->IgnoreParenImpCasts());
  if (const auto *Call = dyn_cast<CallExpr>(C.getArg(0)->IgnoreParenImpCasts());
      Call && Call->getNumArgs() == 1)
    From = dyn_cast<DeclRefExpr>(Call->getArg(0)->IgnoreParenImpCasts());
  if (const auto *V = From ? dyn_cast<VarDecl>(From->getDecl()) : nullptr)
    if (auto Deleter = known(*V))
      E.act(Op::Escape, {*Deleter}, L.at(C));
}

std::optional<Operand> DeleterLowering::known(const VarDecl &V) const {
  auto Known = L.Deleters.find(construction(V));
  return Known == L.Deleters.end() ? std::nullopt : std::optional(Known->second);
}

bool DeleterLowering::endVariable(const VarDecl &V, Operand Value) {
  auto Deleter = known(V);
  if (!Deleter)
    return false;
  L.whenSet(Value, [&] {
    E.act(Op::CallClosure, {*Deleter, Value}, L.at(V.getLocation())).Flag.set(Flag::Guard);
  });
  return true;
}

bool DeleterLowering::end(QualType Owner, const TypeModel &Row, Operand Value, SourceRange At) {
  QualType T = deleterOf(Owner, Row);
  if (T.isNull())
    return false;
  const CXXMethodDecl *Operator = onlyOperator(T);
  FunctionId Body = Operator ? L.U.function(*Operator) : NoId;
  if (Body == NoId) {
    E.act(Op::Escape, {Value}, L.at(At));
    return true;
  }
  L.U.body(Body).Called = true;
  Instruction &Call = E.act(Op::Call, {Operand::unknown(), Value}, L.at(At));
  Call.Callee = Body;
  Call.Flag.set(Flag::Implicit);
  return true;
}

} // namespace taskleak
