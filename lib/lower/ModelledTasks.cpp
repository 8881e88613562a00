// Library calls that start, join, run and stop tasks.

#include "lower/Duration.h"
#include "lower/TaskLowering.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace taskleak {

/// std::bind_front(F, A, B): what is left for whoever calls it begins behind A and B.
static const Expr *boundFront(const Expr *Callable, unsigned &Given) {
  const auto *Call = dyn_cast<CallExpr>(Callable->IgnoreImplicit());
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  if (!F || !F->isInStdNamespace() || !F->getIdentifier() || F->getName() != "bind_front" ||
      Call->getNumArgs() == 0)
    return Callable;
  Given = Call->getNumArgs() - 1;
  return Call->getArg(0);
}

/// Does the callable take a stop token first, which std::jthread then passes?
static bool takesToken(const Expr *Callable, Forms &Types) {
  unsigned First = 0;
  QualType T = boundFront(Callable, First)->IgnoreParenImpCasts()->getType();
  if (const auto *Member = T->getAs<MemberPointerType>(); Member && First > 0) {
    T = Member->getPointeeType();
    --First; // The object is no parameter.
  }
  if (T->isPointerType())
    T = T->getPointeeType();
  if (Types.of(T).is(Form::Pointer)) // std::ref
    T = Forms::element(T);
  const FunctionProtoType *Proto = T->getAs<FunctionProtoType>();
  if (const auto *Record = T->getAsCXXRecordDecl(); !Proto && Record && Record->hasDefinition())
    for (const CXXMethodDecl *Method : Record->methods())
      if (Method->getOverloadedOperator() == OO_Call)
        Proto = Method->getType()->getAs<FunctionProtoType>();
  if (!Proto || Proto->getNumParams() <= First)
    return false;
  const TypeModel *Row = Types.of(Proto->getParamType(First)).Row;
  return Row && Row->Kind == ObjectKind::Cancel;
}

void FunctionLowering::spawnArguments(const ModelledCall &C, unsigned From,
                                      llvm::SmallVectorImpl<Operand> &Out) {
  for (unsigned I = From; I < C.Args.size(); ++I) {
    const Expr *Arg = C.Args[I];
    if (int(I) == C.Row.Completion || isa<CXXDefaultArgExpr>(Arg))
      continue;
    // Decayed copies; what is to be shared comes as std::ref or a pointer.
    QualType T = Arg->getType().getUnqualifiedType();
    if (form(T).isObject() && !T->isArrayType() && Arg->isGLValue())
      Out.push_back(copyOf(*Arg, T, Arg->isXValue(), Arg->getSourceRange()));
    else if (form(T).is(Form::Pointer))
      Out.push_back(given(*Arg, T, Arg->getSourceRange()));
    else if (form(T).isValue() && Arg->isXValue() && !form(T).is(Form::Nothing)) {
      Storage Source = place(Arg);
      Out.push_back(E.value(Op::Move, {load(Source, Arg->getSourceRange())}, at(*Arg)));
      if (form(T).is(Form::Handle))
        store(Source, Operand::null(), Arg->getSourceRange());
    } else
      Out.push_back(value(Arg));
  }
}

/// POSIX threads are cancelled from outside, at certain calls, if the unit does so at all.
bool FunctionLowering::isCancellable(const ModelledCall &C) const {
  return !C.Callee.isExternC() || U.CancelsTasks;
}

/// In what order the task comes to run: `launch::dispatch`, a scheduler that is not the default.
static Flags orderOf(const ModelledCall &C, const UnitLowering &U) {
  Flags Out = C.Row.Flag;
  if (U.ReordersTasks)
    Out.set(Flag::InTurn, false);
  const Expr *Policy = C.arg(C.Row.AtOnce.Param);
  if (!Policy)
    return Out;
  Expr::EvalResult Given;
  if (!Policy->isValueDependent() && Policy->EvaluateAsInt(Given, U.Context))
    return Out.set(Flag::AtOnce, Given.Val.getInt().getExtValue() == C.Row.AtOnce.Value);
  return Out.set(Flag::InTurn, false);
}

Operand FunctionLowering::spawn(const ModelledCall &C) {
  const Expr *What = C.arg(C.Row.Callable);
  bool HasOwn = TaskLowering::bringsItsOwn(C.Row);
  unsigned Spawned = 1; ///< Arguments that say what is run.
  if (!What && !HasOwn) // An empty handle.
    return Operand::null();
  Operand Executor = Operand::unknown();
  if (const Expr *On = C.arg(C.Row.ExecutorParam))
    Executor = form(On->getType()).isObject() ? reference(On) : value(On);
  else if (C.Object && form(C.Object->IgnoreParenImpCasts()->getType()).is(Form::Executor))
    Executor = objectArgument(*C.Object);
  else if (C.Object && form(C.Object->IgnoreParenImpCasts()->getType()).Row)
    Executor = target(C);
  Instruction Spawn;
  Spawn.Code = Op::Spawn;
  Spawn.At = at(C.Site);
  Spawn.Flag = orderOf(C, U);
  if (HasOwn) {
    TaskLowering::Start Own = TaskLowering(*this).startOf(C);
    Spawn.Operands.push_back(Own.Callable);
    Spawn.Operands.append(Own.Args);
    if (!Own.Counter.isUnknown())
      Executor = Own.Counter;
  } else if (const Expr *Method = C.arg(C.Row.Callable + 1);
             Method && Method->getType()->isMemberFunctionPointerType()) {
    // QtConcurrent::run(this, &Index::rebuild): the object first.
    Spawn.Operands.append({callable(Method, true), objectArgument(*What)});
    Spawned = 2;
  } else {
    Spawn.Operands.push_back(TaskLowering(*this).body(*What));
  }
  if (C.Row.PassesToken && isCancellable(C)) {
    Instruction Make;
    Make.Code = Op::Make;
    Make.Kind = ObjectKind::Cancel;
    Make.At = at(C.Site);
    Make.Flag.set(Flag::Implicit);
    Make.Text = "stop token";
    Make.Result = E.newSlot();
    Operand Cancel = Operand::slot(Make.Result);
    E.append(std::move(Make));
    Spawn.Named.push_back({Role::Cancel, Cancel});
    if (!HasOwn && takesToken(What, U.Types))
      Spawn.Operands.push_back(Cancel);
  }
  if (C.Row.Arg >= 0)
    Spawn.Operands.push_back(C.arg(C.Row.Arg) ? value(C.arg(C.Row.Arg)) : Operand::unknown());
  else if (!HasOwn)
    spawnArguments(C, C.Row.Callable + Spawned, Spawn.Operands);
  if (!Executor.isUnknown()) {
    Spawn.Named.push_back({Role::Done, Executor});
    const Expr *On = C.arg(C.Row.ExecutorParam) ? C.arg(C.Row.ExecutorParam) : C.Object;
    QualType T = On ? On->IgnoreParenImpCasts()->getType() : QualType();
    if (!T.isNull() && T->isPointerType())
      T = T->getPointeeType();
    if (const TypeModel *Row = form(T).Row; Row && Row->Cooperative)
      Spawn.Named.push_back({Role::Strand, Executor});
  }
  const TypeModel *Made = form(C.Site.getType()).Row;
  bool YieldsEvent = C.Row.Yields == "event" || (Made && Made->Kind == ObjectKind::Event);
  Operand Event = Operand::unknown();
  if (YieldsEvent || (C.Row.Completion >= 0 && C.Row.How == Style::Token && Awaited)) {
    Instruction Make;
    Make.Code = Op::Make;
    Make.Kind = ObjectKind::Event;
    Make.At = at(C.Site);
    if (What && !isa<LambdaExpr>(What->IgnoreImplicit()))
      Make.Text = "result of " + nameOf(What);
    Make.Result = E.newSlot();
    Event = Operand::slot(Make.Result);
    E.append(std::move(Make));
    Spawn.Named.push_back({Role::Fulfil, Event});
  }
  if (const Expr *Token = C.arg(C.Row.Completion); Token && completionCarriesCancel(*Token))
    if (Operand Cancel = value(Token); Cancel.isSlot())
      Spawn.Named.push_back({Role::Cancel, Cancel});
  if (const Expr *Then = innerToken(C.arg(C.Row.Completion));
      Then && form(Then->getType()).is(Form::Callable))
    Spawn.Operands[0] = followedBy(Spawn.Operands[0], *Then, C);
  Spawn.Text = What ? TaskLowering(*this).nameOf(*C.arg(C.Row.Callable + Spawned - 1)) : C.Row.Method;
  Spawn.Result = E.newSlot();
  Operand Task = Operand::slot(Spawn.Result);
  E.append(std::move(Spawn));
  storeInto(C, Task);
  if (!C.Row.Part.empty())
    E.act(Op::Store, {TaskLowering(*this).whole(C), Task}, at(C.Site), C.Row.Part);
  if (!Event.isUnknown())
    return Event;
  return C.Row.Into >= 0 ? Operand::integer(0) : Task;
}

/// Asio: `bind_cancellation_slot(signal.slot(), detached)` yields the signal's cancel.
bool FunctionLowering::completionCarriesCancel(const Expr &Token) {
  const Expr *Bare = Token.IgnoreImplicit();
  const auto *C = dyn_cast<CallExpr>(Bare);
  std::optional<ModelledCall> Call = C ? modelOf(*C) : std::nullopt;
  return Call && Call->Row.Role == CallRole::WithCancel;
}

/// The token that others are bound to: bind_cancellation_slot(slot, bind_executor(strand, handler)).
const Expr *FunctionLowering::innerToken(const Expr *Token) {
  for (;;) {
    const auto *Call = Token ? dyn_cast<CallExpr>(Token->IgnoreImplicit()) : nullptr;
    std::optional<ModelledCall> Known = Call ? modelOf(*Call) : std::nullopt;
    bool Binds = Known && (Known->Row.Role == CallRole::WithCancel ||
                           Known->Row.Role == CallRole::Same);
    const Expr *Inner = Binds ? Known->arg(Known->Row.Value) : nullptr;
    if (!Inner)
      return Token;
    Token = Inner;
  }
}

/// At main's end it is a return, for its locals would have let go of their tasks; an exit that
/// tells of a failure stays what it is.
Operand FunctionLowering::exitProcess(const ModelledCall &C) {
  Operand Status = C.arg(0) ? value(C.arg(0)) : Operand::integer(0);
  if (Self && Self->isMain() && (Status.K != Operand::Kind::Int || Status.Number == 0)) {
    llvm::SaveAndRestore Now(Exits, true);
    E.runDownTo(0);
    E.act(Op::Return, {Status}, at(C.Site));
  } else {
    E.act(Op::Exit, {}, at(C.Site));
  }
  return Operand::unknown();
}

Operand FunctionLowering::modelledTask(const ModelledCall &C) {
  Place Here = at(C.Site);
  switch (C.Row.Role) {
  case CallRole::Spawn:
    return spawn(C);
  case CallRole::Join: {
    bool IsPart = !C.Row.Part.empty();
    Storage Handle = IsPart ? Storage() : targetPlace(C);
    bool ByValue = IsPart || Handle.K == Storage::Kind::Object;
    Operand Task = IsPart ? target(C) : load(Handle, C.Site.getSourceRange());
    Instruction &Join =
        E.act(Op::Join, {Task}, Here, nameOf(C.Object ? C.Object : C.arg(C.Row.Object)));
    finishWait(C, Join);
    SlotId Result = E.newSlot();
    Join.Result = Result;
    if (!ByValue && C.Object)
      store(Handle, Operand::null(), C.Site.getSourceRange());
    return C.Row.Outcomes.empty() ? Operand::integer(0) : Operand::slot(Result);
  }
  case CallRole::Detach: {
    Storage Handle = targetPlace(C);
    E.act(Op::Detach, {load(Handle, C.Site.getSourceRange())}, Here);
    if (C.Object)
      store(Handle, Operand::null(), C.Site.getSourceRange());
    return Operand::integer(0);
  }
  case CallRole::IsSet: {
    if (C.Object && (form(C.Object->IgnoreParenImpCasts()->getType()).is(Form::Guard)))
      return E.value(Op::Load, {target(C)}, Here, "owns");
    return E.value(Op::Ne, {target(C), Operand::null()}, Here, text(C.Site));
  }
  case CallRole::Run: {
    Instruction &Run = E.act(Op::Await, {target(C)}, Here, nameOf(C.Object));
    finishWait(C, Run);
    return Operand::unknown();
  }
  case CallRole::Stop:
    E.act(Op::Kill, {target(C)}, Here);
    return Operand::unknown();
  case CallRole::Executor:
    return C.Row.Value >= 0 && C.arg(C.Row.Value) ? value(C.arg(C.Row.Value)) : target(C);
  case CallRole::Yield:
    for (const Expr *A : C.Args)
      value(A);
    E.act(Op::Yield, {}, Here)
        .Flag.set(Flag::Long, C.arg(C.Row.Timeout) && isLongSleep(*C.arg(C.Row.Timeout), U.Context));
    return Operand::integer(0);
  case CallRole::Outside: {
    Operand Channel = C.Row.Object >= 0 ? target(C) : Operand::unknown();
    for (int I = 0; I < int(C.Args.size()); ++I)
      if (I != C.Row.Object && I != C.Row.Completion && I != C.Row.Cancel)
        value(C.Args[I]);
    Instruction Wait;
    Wait.Code = Op::Outside;
    Wait.At = Here;
    Wait.Text = text(C.Site);
    if (Channel.isSlot())
      Wait.Operands.push_back(Channel);
    finishWait(C, Wait);
    addCancel(C, Wait);
    E.append(std::move(Wait));
    return E.value(Op::Symbol, {}, Here, text(C.Site));
  }
  case CallRole::Fork:
    E.act(Op::Extern, {}, Here, C.Callee.getNameAsString()).Flag.set(Flag::World);
    return E.value(Op::Symbol, {}, Here, text(C.Site));
  case CallRole::EndTask:
    E.runDownTo(0);
    E.act(Op::Return, {Operand::unknown()}, Here);
    return Operand::unknown();
  case CallRole::Exit:
    return exitProcess(C);
  case CallRole::Terminate:
    E.act(Op::Unreachable, {}, Here);
    return Operand::unknown();
  default:
    return Operand::unknown();
  }
}

} // namespace taskleak
