// Copies and moves of objects.
//   Worker W = std::move(V);   a copy whose source lets go of its handles

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::copyOf(const Expr &From, QualType T, bool Moves, SourceRange At) {
  if (From.isPRValue())
    return value(&From);
  Operand Source = reference(&From);
  Operand Copy = E.value(Op::Copy, {Source}, at(At));
  if (Moves || From.isXValue())
    clearHandles(T, Source, At);
  return Copy;
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
