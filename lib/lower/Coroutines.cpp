// co_await: of a library's wait, which happens on the spot, or of a library's lazy task,
// which runs until it ends. What the program awaits in its own way: Suspensions.cpp.
//   std::string line = co_await reader.next();

#include "lower/Bare.h"
#include "lower/CoroutineLowering.h"
#include "lower/VariantLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::awaitExpression(const CoawaitExpr &A) {
  const Expr *Awaited = A.getOperand();
  const Expr *Bare = bare(Awaited);
  // A library wait that is awaited on the spot waits here, under its own name.
  if (const auto *C = dyn_cast<CallExpr>(Bare)) {
    if (auto Call = modelOf(*C); Call && isDescribed(Call->Row)) {
      Awaiting = true;
      Operand Value = modelled(*Call);
      Awaiting = false;
      bool Selects = form(A.getType()).is(Form::Variant) && Value.isSlot();
      return Selects ? VariantLowering(*this).ofIndex(A.getType(), Value, A) : Value;
    }
  }
  const TypeModel *Type = form(Bare->getType()).Row;
  if (Type && Type->Shape == TypeShape::OwnExecutor)
    return E.value(Op::Executor, {}, at(A), text(A));
  if (Coroutine.IsBody) // What the program itself says of how it is awaited comes first.
    if (auto Got = CoroutineLowering(*this).await(A))
      return *Got;
  Operand Value = value(Awaited);
  // An event is awaited by itself: co_await future, co_await baton.
  if (const TypeModel *Row = form(Awaited->getType()).Row; Row && Row->Kind == ObjectKind::Event) {
    Instruction &Wait = E.act(Op::Await, {Value}, at(A), nameOf(Bare));
    SlotId Got = E.newSlot();
    Wait.Received = Got;
    return Operand::slot(Got);
  }
  if (!form(Awaited->getType()).is(Form::Awaitable) && !Value.isSlot()) {
    E.act(Op::Yield, {}, at(A), "co_await");
    return unknownValue(A);
  }
  return E.value(Op::CallClosure, {Value}, at(A), text(A));
}

} // namespace taskleak
