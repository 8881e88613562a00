// Constructors of a library's types, from their model rows and shapes.
//   std::unique_lock L(M);  std::vector<int> V(3);  std::shared_ptr<Base> B(D);

#include "lower/DeleterLowering.h"
#include "lower/LockLowering.h"
#include "lower/StatusLowering.h"
#include "lower/TextLowering.h"
#include "lower/VariantLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::constructModelled(const CXXConstructExpr &C, const TypeForm &Shape,
                                            StringRef Name) {
  const CXXConstructorDecl &Constructor = *C.getConstructor();
  ArrayRef<const Expr *> Args(C.getArgs(), C.getNumArgs());
  if (Constructor.isCopyOrMoveConstructor() && !Args.empty()) {
    if (Shape.isObject())
      return copyOf(*Args[0], C.getType(), Constructor.isMoveConstructor(), C.getSourceRange());
    bool Moves = Constructor.isMoveConstructor() && !Shape.Row->Shared;
    Storage From = place(Args[0]);
    Operand Value = E.value(Op::Move, {load(From, C.getSourceRange())}, at(C));
    if (Moves || Constructor.isMoveConstructor())
      store(From, Operand::null(), C.getSourceRange());
    else if (Shape.is(Form::Pointer) && U.needsDestruction(C.getType()))
      E.act(Op::Retain, {Value}, at(C));
    if (Moves && Shape.is(Form::Pointer))
      DeleterLowering(*this).construct(C, *Shape.Row, Value);
    return Value;
  }
  if (const CallModel *Row = U.Rows.call(Constructor, C.getType(), Args)) {
    ModelledCall Call{*Row, C, Constructor, nullptr, Args};
    if (Row->Role == CallRole::GuardOf)
      return LockLowering(*this).guard(Call, Name);
    if (Row->Role == CallRole::Make && mayNotBlock(Call)) {
      Operand Made = makeObject(*Shape.Row, Operand::unknown(), Name, rangeOf(C));
      E.act(Op::Escape, {Made}, at(C));
      return Made;
    }
    TypeModel Made = *Shape.Row;
    Made.Flag.set(Flag::Auto, Made.Flag.has(Flag::Auto) || Row->Flag.has(Flag::Auto));
    if (Row->Role == CallRole::Make)
      return Shape.isObject() || Shape.Row->Kind != ObjectKind::None
                 ? makeObject(Made,
                              Row->Timeout >= 0 && neverTimesOut(Call)
                                  ? Operand::integer(0)
                                  : capacity(Row->Count, Args, C.getType()),
                              Name, rangeOf(C))
                 : makeDefault(C.getType(), Shape, Name, rangeOf(C));
    return modelled(Call);
  }
  switch (Shape.F) {
  case Form::Guard: // Of nothing, so far.
    return makeDefault(C.getType(), Shape, Name, rangeOf(C));
  case Form::Text:
    return TextLowering(*this).construct(Args, C);
  case Form::Variant:
    return VariantLowering(*this).make(C.getType(), Args, &Constructor, C);
  case Form::Status:
    return StatusLowering(*this).construct(Args, C);
  case Form::Callable:
    return Args.empty() ? Operand::null() : callable(Args[0]);
  case Form::Pointer: {
    // From a raw pointer, null, or another smart pointer that converts.
    if (Args.empty())
      return Operand::null();
    if (auto Held = optionalFrom(*Args[0], C.getType()))
      return *Held;
    // When a deleter runs is not followed, so neither is what it holds.
    bool HasDeleter = Shape.Row->Shared || !deleterOf(C.getType(), *Shape.Row).isNull();
    for (const Expr *A : Args.drop_front())
      if (TypeForm Given = form(A->getType());
          (Given.is(Form::Callable) || (HasDeleter && Given.is(Form::Record))) &&
          !isa<CXXDefaultArgExpr>(A) && !Deleters.count(&C))
        E.act(Op::Escape, {callable(A)}, at(*A));
    Storage From = Args[0]->isGLValue() ? place(Args[0]) : Storage{};
    Operand Value = Args[0]->isGLValue() ? load(From, C.getSourceRange()) : value(Args[0]);
    Value = E.value(Op::Move, {Value}, at(C));
    if (Args[0]->isXValue() && form(Args[0]->getType()).is(Form::Pointer))
      store(From, Operand::null(), C.getSourceRange());
    else if (Shape.Row->Shared && U.needsDestruction(C.getType()))
      E.act(Op::Retain, {Value}, at(C));
    DeleterLowering(*this).construct(C, *Shape.Row, Value);
    return Value;
  }
  case Form::Atomic:
    return E.value(Op::Cell, {Args.empty() ? Operand::integer(0) : value(Args[0])}, at(C), Name);
  case Form::Sequence:
    return constructSequence(C, Name);
  default:
    break;
  }
  for (const Expr *A : Args)
    value(A);
  return Shape.isObject() ? makeObject(*Shape.Row, capacity(Shape.Row->Capacity, Args, C.getType()),
                                       Name, rangeOf(C))
         : Args.empty()   ? Operand::null()
                          : Operand::unknown();
}

} // namespace taskleak
