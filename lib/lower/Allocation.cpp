// Memory of the heap: new and delete, and what C casts to its type.
//   struct job *j = (struct job *)calloc(1, sizeof *j);

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

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
  bool IsZero = F->getIdentifier() && (F->getName() == "calloc" || F->getName().starts_with("g_malloc0"));
  if (IsZero && Record && Record->getDefinition())
    for (const FieldDecl *Field : Record->getDefinition()->fields())
      if (form(Field->getType()).is(Form::Scalar))
        E.act(Op::Store, {Made, Operand::integer(0)}, at(C), Field->getName());
  return Made;
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
  if (!T.isNull() && !D.isArrayForm() && (U.needsDestruction(T) || U.LetsTasksGo))
    whenSet(Pointer, [&] { callDestructor(T, Pointer, D.getSourceRange()); });
  return Operand::unknown();
}

} // namespace taskleak
