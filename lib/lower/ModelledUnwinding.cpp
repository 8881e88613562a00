// Clean-up in C, where a cancelled thread unwinds: marks that exceptions come back to.
//   pthread_cleanup_push(unlock, &m);   if (setjmp(buf)) { unlock(&m); unwind_next(); }
//   pthread_cleanup_pop(1);             begins and ends what comes back to the mark

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

/// The variable that a mark is kept in: `buf.jump` or `&buf`.
static const VarDecl *variableIn(const Expr *Buffer) {
  while (Buffer) {
    Buffer = Buffer->IgnoreParenCasts();
    if (const auto *Address = dyn_cast<UnaryOperator>(Buffer))
      Buffer = Address->getSubExpr();
    else if (const auto *Member = dyn_cast<MemberExpr>(Buffer))
      Buffer = Member->getBase();
    else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Buffer))
      Buffer = Element->getBase();
    else
      break;
  }
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Buffer);
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

/// What follows the mark is run again, with 1, when an exception comes back to it.
Operand FunctionLowering::unwindMark(const VarDecl *Buffer, Place Here) {
  SlotId Again = E.newSlot();
  E.act(Op::Move, {Operand::integer(0)}, Here).Result = Again;
  BlockId Next = E.newBlock();
  E.jump(Next);
  E.enter(Next);
  Marks[Buffer] = {Next, Again, 0};
  return Operand::slot(Again);
}

void FunctionLowering::unwindBegin(UnwindMark &To, Place Here) {
  BlockId Back = E.newBlock(), After = E.newBlock();
  E.jump(After);
  E.enter(Back);
  E.act(Op::Move, {Operand::integer(1)}, Here).Result = To.Again;
  E.jump(To.Next);
  E.enter(After);
  To.Depth = E.depth();
  E.pushHandler(Back);
}

Operand FunctionLowering::modelledUnwinding(const ModelledCall &C) {
  Place Here = at(C.Site);
  if (C.Row.Role == CallRole::MaskCancel) {
    Operand On = C.arg(C.Row.Value) ? value(C.arg(C.Row.Value)) : Operand::unknown();
    Operand Before = E.value(Op::Mask, {On}, Here);
    const Expr *Into = C.arg(C.Row.Into);
    if (Into && !Into->isNullPointerConstant(U.Context, Expr::NPC_ValueDependentIsNotNull))
      storeInto(C, Before);
    return Operand::integer(0);
  }
  const VarDecl *Buffer = variableIn(C.arg(C.Row.Value));
  if (!Buffer)
    return unknownValue(C.Site);
  if (C.Row.Role == CallRole::UnwindMark)
    return unwindMark(Buffer, Here);
  auto Mark = Marks.find(Buffer);
  if (C.Row.Role == CallRole::UnwindNext)
    E.act(Op::Throw, {Operand::unknown()}, Here);
  else if (C.Row.Role == CallRole::UnwindBegin && Mark != Marks.end())
    unwindBegin(Mark->second, Here);
  else if (C.Row.Role == CallRole::UnwindEnd && Mark != Marks.end() &&
           Mark->second.Depth < E.depth())
    E.forgetTo(Mark->second.Depth);
  return Operand::unknown();
}

} // namespace taskleak
