// Library calls that make, reset and settle events, and those that make,
// request and pass on cancels.

#include "lower/TaskLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::modelledEvent(const ModelledCall &C) {
  Place Here = at(C.Site);
  const Expr *Named = C.Object ? C.Object : C.arg(C.Row.Object);
  switch (C.Row.Role) {
  case CallRole::Make: {
    if (C.arg(C.Row.Callable))
      return TaskLowering(*this).makeRunner(C);
    bool Existing = C.Row.Object >= 0;
    if (C.Row.Kind == ObjectKind::Channel && C.Row.Into >= 0)
      return makePipe(C);
    if (Existing || C.Row.Into >= 0) { // C: sem_init(&S, 0, 1)
      Operand N = capacity(C.Row.Count, C.Args, {});
      const Expr *Object = C.arg(Existing ? C.Row.Object : C.Row.Into);
      const Expr *Attributes = C.arg(C.Row.Count.Param);
      bool HasAttributes = Attributes && Attributes->getType()->isPointerType();
      if (HasAttributes && N.K != Operand::Kind::Null)
        N = E.value(Op::Get, {N}, Here); // pthread_mutex_init(&M, &A)
      if ((!N.isUnknown() || HasAttributes) && Object)
        E.act(Op::Reset, {objectArgument(*Object), N}, Here, nameOf(Object));
      return Operand::integer(0);
    }
    const TypeModel *Row = form(C.Site.getType()).Row;
    TypeModel Bare; // eventfd: the type is only a number.
    Bare.Kind = C.Row.Kind;
    Bare.Flag = C.Row.Flag;
    if (!Row && C.Row.Kind != ObjectKind::None)
      Row = &Bare;
    if (!Row)
      return Operand::unknown();
    Operand Made = makeObject(*Row, capacity(C.Row.Count, C.Args, C.Site.getType()), {},
                              C.Site.getSourceRange());
    if (mayNotBlock(C))
      E.act(Op::Escape, {Made}, Here);
    return Made;
  }
  case CallRole::Reset: {
    llvm::SmallVector<Operand, 2> All{target(C)};
    Operand N = C.Row.Timeout >= 0 && neverTimesOut(C) ? Operand::integer(0)
                                                       : capacity(C.Row.Count, C.Args, {});
    if (!N.isUnknown())
      All.push_back(N);
    E.act(Op::Reset, All, Here, nameOf(Named));
    return Operand::integer(0);
  }
  case CallRole::Destroy: return Operand::integer(0);
  case CallRole::Fulfil:
  case CallRole::Fail: {
    llvm::SmallVector<Operand, 2> All{target(C)};
    if (const Expr *V = C.arg(C.Row.Value))
      All.push_back(value(V));
    E.act(Op::Fulfil, All, Here, nameOf(Named)).Flag.set(Flag::Fails, C.Row.Role == CallRole::Fail);
    return Operand::unknown();
  }
  case CallRole::EventOf: {
    const Expr *Of = Named ? Named : C.arg(0);
    if (!Of)
      return Operand::unknown();
    QualType T = Named ? C.objectType() : Of->IgnoreParenImpCasts()->getType();
    if (const TypeModel *Row = form(T).Row; Row && isPackaged(*Row))
      return E.value(Op::Load, {target(C)}, Here, "event");
    return E.value(Op::Move, {Named ? target(C) : value(Of)}, Here);
  }
  case CallRole::Package: {
    // A packaged task is its event; what it runs is found through the closure kept beside it.
    const Expr *What = C.arg(C.Row.Callable);
    return What ? packagedTask(callable(What), C.Site) : Operand::null();
  }
  default: return Operand::unknown();
  }
}

/// A type whose handles are records of an event and what will settle it.
bool FunctionLowering::isPackaged(const TypeModel &Type) {
  for (const CallModel *Row : U.constructors(Type))
    if (Row->Role == CallRole::Package)
      return true;
  return false;
}

/// The handle of a packaged task is a record with "event" and "run".
Operand FunctionLowering::packagedTask(Operand Callable, const Expr &Site) {
  Place Here = at(Site);
  Instruction Make;
  Make.Code = Op::Make;
  Make.Kind = ObjectKind::Event;
  Make.At = Here;
  Make.Text = "result of the packaged task";
  Make.Result = E.newSlot();
  Operand Event = Operand::slot(Make.Result);
  E.append(std::move(Make));
  Operand Task = E.value(Op::New, {}, Here, "packaged task");
  E.act(Op::Store, {Task, Event}, Here, "event");
  E.act(Op::Store, {Task, Callable}, Here, "run");
  return Task;
}

/// pipe(Fds): both ends are one channel that is never full for long.
/// pipe2(Ends, O_NONBLOCK): what is not waited for is not judged.
bool FunctionLowering::mayNotBlock(const ModelledCall &C) {
  const Expr *Bits = C.arg(C.Row.NonBlocking.Param);
  Expr::EvalResult Given;
  return Bits && (!Bits->EvaluateAsInt(Given, U.Context) ||
                  (Given.Val.getInt().getExtValue() & C.Row.NonBlocking.Value.value_or(0)) != 0);
}

Operand FunctionLowering::makePipe(const ModelledCall &C) {
  Place Here = at(C.Site);
  Instruction Make;
  Make.Code = Op::Make;
  Make.Kind = ObjectKind::Channel;
  Make.At = Here;
  Make.Text = nameOf(C.arg(C.Row.Into));
  Make.Operands = {capacity(C.Row.Count, C.Args, {})};
  Make.Flag = C.Row.Flag;
  Make.Result = E.newSlot();
  Operand Channel = Operand::slot(Make.Result);
  E.append(std::move(Make));
  if (mayNotBlock(C))
    E.act(Op::Escape, {Channel}, Here);
  Operand Ends = value(C.arg(C.Row.Into));
  for (int I : {0, 1})
    E.act(Op::SetAt, {Ends, Operand::integer(I), Channel}, Here);
  return Operand::integer(0);
}

/// QThread::currentThread()->isInterruptionRequested()
bool FunctionLowering::isThisTask(const ModelledCall &C) {
  const auto *Asked = C.Object ? dyn_cast<CallExpr>(C.Object->IgnoreParenImpCasts()) : nullptr;
  std::optional<ModelledCall> Of = Asked ? modelOf(*Asked) : std::nullopt;
  return Of && Of->Row.Role == CallRole::ThisTask;
}

Operand FunctionLowering::modelledCancel(const ModelledCall &C) {
  Place Here = at(C.Site);
  const Expr *Named = C.Object ? C.Object : C.arg(C.Row.Object);
  switch (C.Row.Role) {
  case CallRole::Request:
    E.act(Op::Request, {target(C)}, Here, nameOf(Named));
    return Operand::integer(!C.Callee.isExternC()); // pthread_cancel yields no error.
  case CallRole::Requested:
    if (isThisTask(C)) {
      SlotId Asked = E.newSlot();
      Instruction &Ask = E.act(Op::Requested, {Operand::unknown()}, Here, text(C.Site));
      Ask.Flag.set(Flag::Ambient);
      Ask.Result = Asked;
      return Operand::slot(Asked);
    }
    return E.value(Op::Requested, {target(C)}, Here, text(C.Site));
  case CallRole::TokenOf: return E.value(Op::Move, {target(C)}, Here);
  case CallRole::Derive: {
    Instruction Make;
    Make.Code = Op::Make;
    Make.Kind = ObjectKind::Cancel;
    Make.At = Here;
    Make.Operands = {target(C)};
    Make.Result = E.newSlot();
    Operand Made = Operand::slot(Make.Result);
    E.append(std::move(Make));
    return Made;
  }
  case CallRole::OnRequest: {
    Operand Cancel = C.arg(C.Row.Cancel) ? value(C.arg(C.Row.Cancel)) : target(C);
    Operand Run = C.arg(C.Row.Callable) ? callable(C.arg(C.Row.Callable)) : Operand::unknown();
    if (const Expr *Data = C.arg(C.Row.Arg)) // A callback of C is given the cancel and its data.
      Run = E.value(Op::Closure, {Run, Cancel, value(Data)}, Here);
    E.act(Op::OnRequest, {Cancel, Run}, Here);
    return Operand::integer(1);
  }
  case CallRole::WithCancel:
    if (const Expr *Task = C.arg(C.Row.Value); Task && form(Task->getType()).is(Form::Awaitable))
      return TaskLowering(*this).underCancel(C, *Task);
    return C.arg(C.Row.Cancel) ? value(C.arg(C.Row.Cancel)) : target(C);
  default: return Operand::unknown();
  }
}

} // namespace taskleak
