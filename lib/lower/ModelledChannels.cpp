// Library calls on channels, and how a value travels through one.
//   Jobs.enqueue(Job);         a copy of the record is sent
//   Jobs.wait_dequeue(Job);    what was received takes the place of Job's members

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

/// The value that is sent: a copy or what was moved, as an element of the channel's type.
Operand FunctionLowering::sentValue(const ModelledCall &C) {
  const Expr *Given = C.arg(C.Row.Value);
  if (!Given)
    return Operand::unknown();
  if (unsigned(C.Row.Value) >= C.Callee.getNumParams() || C.Row.Constructs)
    return value(Given);
  QualType T =
      C.Callee.getParamDecl(C.Row.Value)->getType().getNonReferenceType().getUnqualifiedType();
  return elementFrom(C, C.Args.slice(C.Row.Value, 1), T);
}

/// enqueue_bulk(First, N): one after the other; from an array its elements.
void FunctionLowering::sendSeveral(const ModelledCall &C, Operand Channel) {
  Place Here = at(C.Site);
  const Expr *First = C.arg(C.Row.Value);
  Operand N = count(C, 1), Array = Operand::unknown();
  if (First && First->IgnoreParenImpCasts()->getType()->isArrayType())
    Array = reference(First->IgnoreParenImpCasts());
  else if (First)
    value(First);
  SlotId Index = E.newSlot();
  E.act(Op::Move, {Operand::integer(0)}, Here).Result = Index;
  BlockId Head = E.newBlock(), Body = E.newBlock(), After = E.newBlock();
  E.jump(Head);
  E.enter(Head);
  E.branch(E.value(Op::Lt, {Operand::slot(Index), N}, Here), Body, After, Here, "more to send");
  E.enter(Body);
  Operand Element =
      Array.isUnknown() ? Array : E.value(Op::At, {Array, Operand::slot(Index)}, Here);
  Instruction &Send = E.act(Op::Send, {Channel, Element}, Here, nameOf(C.Object));
  finishWait(C, Send);
  E.act(Op::Add, {Operand::slot(Index), Operand::integer(1)}, Here).Result = Index;
  E.jump(Head);
  E.enter(After);
}

/// Who receives is told the error that is sent: async_send(asio::error::eof, Job{}). From there on
/// the channel is not followed.
void FunctionLowering::giveUpIfError(const ModelledCall &C, Operand Channel) {
  const Expr *First = C.arg(0);
  if (!First || !form(First->getType()).is(Form::Status))
    return;
  Operand Error = First->isGLValue() ? load(place(First), First->getSourceRange()) : value(First);
  if (Error == Operand::integer(0))
    return;
  BlockId IsOne = E.newBlock(), After = E.newBlock();
  E.branch(Error, IsOne, After, at(*First), text(*First));
  E.enter(IsOne);
  leaveForeign(Channel, C);
  E.jump(After);
  E.enter(After);
}

Operand FunctionLowering::modelledChannel(const ModelledCall &C) {
  Place Here = at(C.Site);
  const Expr *Named = C.Object ? C.Object : C.arg(C.Row.Object);
  Operand Channel = target(C);
  if (C.Row.Role == CallRole::Close || C.Row.Role == CallRole::Interrupt) {
    E.act(C.Row.Role == CallRole::Close ? Op::Close : Op::Interrupt, {Channel}, Here,
          nameOf(Named));
    return Operand::integer(0);
  }
  if (C.Row.Role == CallRole::Send && C.Row.Count.Param >= 0) {
    sendSeveral(C, Channel);
    return Operand::integer(1);
  }
  if (C.Row.Role == CallRole::Send)
    giveUpIfError(C, Channel);
  Instruction Wait;
  Wait.Code = C.Row.Role == CallRole::Send ? Op::Send : Op::Receive;
  Wait.At = Here;
  Wait.Text = nameOf(Named);
  Wait.Operands.push_back(Channel);
  if (Wait.Code == Op::Send)
    Wait.Operands.push_back(sentValue(C));
  finishWait(C, Wait);
  addCancel(C, Wait);
  Wait.Result = E.newSlot();
  if (Wait.Code == Op::Receive)
    Wait.Received = E.newSlot();
  Operand Status = Operand::slot(Wait.Result), Received = Operand::slot(Wait.Received);
  bool IsReceive = Wait.Code == Op::Receive;
  bool MayFail = Wait.Flag.has(Flag::Try) || Wait.Flag.has(Flag::Timed);
  E.append(std::move(Wait));
  noteEnd(C, Status, IsReceive ? Received : Operand::unknown());
  if (IsReceive && C.Row.Yields == "value" && MayFail && C.Site.getType()->isPointerType())
    return receivedOrNull(Status, Received, Here);
  if (IsReceive && C.Row.Into >= 0)
    receiveInto(C, Received);
  // read(fd, p, n) yields all that it was asked for: 1 stands for that.
  const Expr *Asked = IsReceive && C.Callee.isExternC() ? C.arg(2) : nullptr;
  Expr::EvalResult Known;
  if (Asked && C.Row.Yields != "value" && Asked->getType()->isIntegerType() &&
      !Asked->EvaluateAsInt(Known, U.Context))
    return E.value(Op::Mul, {Status, value(Asked)}, Here, text(C.Site));
  return IsReceive && (C.Row.Yields == "value" || (C.Row.Into < 0 && C.Row.Outcomes.empty()))
             ? Received
             : Status;
}

/// A pointer is null where nothing came.
Operand FunctionLowering::receivedOrNull(Operand Status, Operand Received, Place Here) {
  SlotId Result = E.newSlot();
  BlockId Nothing = E.newBlock(), Something = E.newBlock(), After = E.newBlock();
  E.branch(Status, Something, Nothing, Here, "something came");
  E.enter(Something);
  E.act(Op::Move, {Received}, Here).Result = Result;
  E.jump(After);
  E.enter(Nothing);
  E.act(Op::Move, {Operand::null()}, Here).Result = Result;
  E.jump(After);
  E.enter(After);
  return Operand::slot(Result);
}

/// What was received goes where the call says.
void FunctionLowering::receiveInto(const ModelledCall &C, Operand Received) {
  const Expr *Into = C.arg(C.Row.Into);
  if (Into && form(Into->getType()).isObject() && !Into->getType()->isArrayType())
    assignObject(*Into, place(Into), Received, Into->getSourceRange());
  else
    storeInto(C, Received);
}

} // namespace taskleak
