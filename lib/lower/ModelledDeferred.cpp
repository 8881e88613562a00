// Waits that are only described where they are written, and happen when the
// description is awaited, or when a completion token says so (Asio).
//   co_await (Channel.async_receive(use_awaitable) || Timer.async_wait(use_awaitable));
// Each operand becomes a closure over a function that does the wait.

#include "lower/FunctionLowering.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace taskleak {

namespace {
enum class Token { Awaitable, Detached, Future, Handler, Direct };
}

static Token tokenOf(const Expr *Completion, Forms &Types) {
  if (!Completion)
    return Token::Awaitable;
  QualType T = Completion->getType().getNonReferenceType();
  std::string Name = T.getCanonicalType().getUnqualifiedType().getAsString();
  StringRef Text(Name);
  if (Text.contains("use_future"))
    return Token::Future;
  if (Text.contains("detached_t"))
    return Token::Detached;
  if (Text.contains("use_awaitable") || Text.contains("deferred_t") || Text.contains("as_tuple"))
    return Token::Awaitable;
  if (Types.of(T).is(Form::Callable) || Types.of(T).is(Form::Record))
    return Token::Handler;
  return Text.contains("yield_context") ? Token::Direct : Token::Detached;
}

Operand FunctionLowering::deferred(const ModelledCall &C) {
  const Expr *Completion = C.arg(C.Row.Completion), *Inner = innerToken(Completion);
  Token How = tokenOf(Inner, U.Types);
  if (How == Token::Direct)
    return modelledNow(C);
  llvm::SmallVector<const Expr *, 4> Parts;
  bool Selects = C.Row.Role == CallRole::SelectAny || C.Row.Role == CallRole::SelectAll;
  if (C.Object && !Selects)
    Parts.push_back(C.Object);
  for (const Expr *A : Selects ? selectCases(C) : C.Args)
    if (A != Completion)
      Parts.push_back(A);
  llvm::SmallVector<Operand, 4> Captured;
  for (const Expr *Part : Parts)
    Captured.push_back(form(Part->getType()).is(Form::Nothing) ? value(Part)
                       : Part->isGLValue()                     ? reference(Part)
                                                               : value(Part));
  const Expr *Handler = How == Token::Handler ? Inner : nullptr;
  if (Handler)
    Captured.push_back(callable(Handler, /*OwnsCaptures=*/true));
  ModelledCall Copy = C;
  Copy.HasHandler = Handler != nullptr;
  std::string Key = "deferred " + std::to_string(C.Site.getID(U.Context)) + " in " +
                    std::to_string(Self ? Self->getID() : 0);
  FunctionId Body = U.synthesize(
      Key, text(C.Site), [&Unit = U, Copy, Parts, Handler](Function Start) {
        return FunctionLowering(Unit, std::move(Start)).lowerDeferred(Copy, Parts, Handler);
      });
  U.body(Body).At = at(C.Site);
  llvm::SmallVector<Operand, 4> Made{Operand::function(Body)};
  Made.append(Captured);
  Operand Closure = E.value(Op::Closure, Made, at(C.Site), text(C.Site));
  if (How == Token::Awaitable)
    return Closure;
  Instruction Spawn;
  Spawn.Code = Op::Spawn;
  Spawn.At = at(C.Site);
  Spawn.Operands = {Closure};
  Spawn.Flag.set(Flag::Implicit).set(Flag::Cooperative);
  Spawn.Text = text(C.Site);
  Operand Event = Operand::unknown();
  if (How == Token::Future) {
    Instruction Make;
    Make.Code = Op::Make;
    Make.Kind = ObjectKind::Event;
    Make.At = at(C.Site);
    Make.Text = "result of " + text(C.Site);
    Make.Result = E.newSlot();
    Event = Operand::slot(Make.Result);
    E.append(std::move(Make));
    Spawn.Named.push_back({Role::Fulfil, Event});
  }
  SlotId Task = E.newSlot();
  Spawn.Result = Task;
  E.append(std::move(Spawn));
  return Event;
}

/// How the wait ended, which the outside may have to say.
Operand FunctionLowering::statusFor(const Expr &Handler) {
  if (LastEnd.Status.isSlot())
    return LastEnd.Status;
  const CXXMethodDecl *Body = lambdaBody(Handler);
  std::string Name = Body && Body->getNumParams() != 0 ? Body->getParamDecl(0)->getNameAsString()
                                                       : "the error";
  return E.value(Op::Symbol, {}, at(Handler), Name);
}

Function FunctionLowering::lowerDeferred(const ModelledCall &C, ArrayRef<const Expr *> Parts,
                                         const Expr *Handler) {
  for (const Expr *Part : Parts) {
    SlotId Slot = E.newSlot(nameOf(Part));
    // Of an object it is told which it is, not which base the call is one of.
    TypeForm Shape = form(Part->IgnoreParenBaseCasts()->getType());
    Operand Value = Operand::slot(Slot);
    Storage Where = Shape.is(Form::Nothing) ? Storage{}
                    : Shape.isObject()      ? Storage::object(Value)
                    : Part->isGLValue()     ? Storage::through(Value)
                                            : Storage::slot(Slot);
    for (const Expr *Same : {Part, Part->IgnoreParens(), Part->IgnoreParenImpCasts()})
      Prepared[Same] = Where;
  }
  SlotId Then = Handler ? E.newSlot("handler") : NoId;
  LastEnd = {};
  llvm::SaveAndRestore<bool> Here(TakesApart, Handler != nullptr);
  Operand Value = modelledNow(C);
  if (Handler)
    E.act(Op::CallClosure, {Operand::slot(Then), statusFor(*Handler), LastEnd.Received},
          U.place(Handler->getSourceRange()));
  E.runDownTo(0);
  E.act(Op::Return, {Value}, at(C.Site));
  Function Fn = E.take();
  Fn.Captures = Fn.Params = Parts.size() + (Handler != nullptr);
  return Fn;
}

/// A closure that runs a task's callable and then its completion handler, whether it threw or not.
Operand FunctionLowering::followedBy(Operand Callable, const Expr &Handler, const ModelledCall &C) {
  std::string Key = "completion " + std::to_string(C.Site.getID(U.Context)) + " in " +
                    std::to_string(Self ? Self->getID() : 0);
  FunctionId Body = U.synthesize(Key, text(C.Site), [&Unit = U](Function Start) {
    return FunctionLowering(Unit, std::move(Start)).lowerFollowed();
  });
  U.body(Body).At = at(C.Site);
  return E.value(Op::Closure, {Operand::function(Body), Callable, callable(&Handler, true)},
                 at(C.Site), text(C.Site));
}

Function FunctionLowering::lowerFollowed() {
  Operand Task = Operand::slot(E.newSlot("task")), Handler = Operand::slot(E.newSlot("handler"));
  E.pushCleanup([this, Handler] { E.act(Op::CallClosure, {Handler}, {}); });
  E.act(Op::CallClosure, {Task}, {});
  E.runDownTo(0);
  E.act(Op::Return, {Operand::unknown()}, {});
  Function Fn = E.take();
  Fn.Captures = Fn.Params = 2;
  return Fn;
}

} // namespace taskleak
