// What tasks run that are not given a function and its arguments; see TaskLowering.h.

#include "lower/TaskLowering.h"

using namespace clang;

namespace taskleak {

bool TaskLowering::bringsItsOwn(const CallModel &Row) {
  bool IsPool = Row.Callable < 0 && Row.Object >= 0;
  return IsPool || !Row.Method.empty() || Row.Lazy;
}

/// A function of one parameter, which calls the parameter's virtual method.
static Function callMethod(Function Begun, StringRef Method) {
  Emitter E(std::move(Begun));
  SlotId Object = E.newSlot("object");
  E.act(Op::CallVirtual, {Operand::slot(Object)}, {}, Method);
  E.act(Op::Return, {Operand::unknown()}, {});
  Function Fn = E.take();
  Fn.Params = Fn.Captures = 1;
  return Fn;
}

/// A method of an object, the pool's own function, or the lazy task that is begun.
TaskLowering::Start TaskLowering::startOf(const ModelledCall &C) {
  if (C.Row.Lazy)
    return {C.Object ? L.value(C.Object) : Operand::unknown(), {}};
  if (C.Row.Method.empty()) {
    Operand Given = C.arg(C.Row.Value) ? L.value(C.arg(C.Row.Value)) : Operand::unknown();
    return {part(C, "run"), {Given, part(C, "data")}, part(C, "tasks")};
  }
  std::string Method = C.Row.Method + "/0";
  FunctionId Call =
      U.synthesize("virtual " + Method, C.Row.Method,
                   [Method](Function Begun) { return callMethod(std::move(Begun), Method); });
  const Expr *Given = C.arg(C.Row.Callable);
  Operand Object = Given ? L.objectArgument(*Given) : whole(C);
  return {E.value(Op::Closure, {Operand::function(Call), Object}, L.at(C.Site)), {}};
}

/// co_spawn(ex, [s] { return s->run(); }): the lambda is no coroutine, it yields one.
static bool makesCoroutine(const Expr &Callable, Forms &Types) {
  const CXXMethodDecl *Body = lambdaBody(Callable);
  return Body && !isCoroutine(*Body) && Types.of(Body->getReturnType()).is(Form::Awaitable);
}

/// A function of a callable: calls it, then what it has yielded.
static Function runMade(Function Begun) {
  Emitter E(std::move(Begun));
  Operand Callable = Operand::slot(E.newSlot("callable"));
  Operand Made = E.value(Op::CallClosure, {Callable}, {});
  E.act(Op::Return, {E.value(Op::CallClosure, {Made}, {})}, {});
  Function Fn = E.take();
  Fn.Params = Fn.Captures = 1;
  return Fn;
}

Operand TaskLowering::body(const Expr &Callable) {
  Operand What = L.callable(&Callable, /*OwnsCaptures=*/true);
  if (!makesCoroutine(Callable, U.Types))
    return What;
  FunctionId Run = U.synthesize("run made", "what it makes", runMade);
  return E.value(Op::Closure, {Operand::function(Run), What}, L.at(Callable));
}

/// A lambda has no name, though it comes as a std::function.
std::string TaskLowering::nameOf(const Expr &Callable) {
  const Expr *Bare = Callable.IgnoreImplicit();
  while (const auto *Made = dyn_cast<CXXConstructExpr>(Bare)) {
    if (Made->getNumArgs() == 0)
      break;
    Bare = Made->getArg(0)->IgnoreImplicit();
  }
  return isa<LambdaExpr, BlockExpr>(Bare) ? std::string() : L.nameOf(&Callable);
}

/// A function of a cancel and a task: runs the task under the cancel, to its end.
static Function runUnderCancel(Function Begun) {
  Emitter E(std::move(Begun));
  Operand Cancel = Operand::slot(E.newSlot("cancel")), Task = Operand::slot(E.newSlot("task"));
  Instruction Make;
  Make.Code = Op::Make;
  Make.Kind = ObjectKind::Event;
  Make.Result = E.newSlot();
  Operand Ended = Operand::slot(Make.Result);
  E.append(std::move(Make));
  Instruction &Spawn = E.act(Op::Spawn, {Task}, {});
  Spawn.Flag.set(Flag::Implicit).set(Flag::Cooperative);
  Spawn.Named = {{Role::Fulfil, Ended}, {Role::Cancel, Cancel}};
  Instruction &Wait = E.act(Op::Await, {Ended}, {});
  Wait.Outcomes.push_back({Outcome::Broken, true, 0});
  SlotId Result = E.newSlot();
  Wait.Received = Result;
  E.act(Op::Return, {Operand::slot(Result)}, {});
  Function Fn = E.take();
  Fn.Params = Fn.Captures = 2;
  return Fn;
}

Operand TaskLowering::underCancel(const ModelledCall &C, const Expr &Task) {
  FunctionId Run = U.synthesize("under cancel", "under a cancel", runUnderCancel);
  Operand Cancel = L.value(C.arg(C.Row.Cancel));
  return E.value(Op::Closure, {Operand::function(Run), Cancel, L.value(&Task)}, L.at(C.Site),
                 L.text(C.Site));
}

} // namespace taskleak
