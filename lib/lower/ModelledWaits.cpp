// Library calls that wait and wake: conditions, counters, events, selects; channels
// are next door. A wait with a predicate is the loop that it stands for.

#include "lower/Bare.h"
#include "lower/LockLowering.h"

using namespace clang;

namespace taskleak {

Operand FunctionLowering::predicateLoop(const ModelledCall &C, Operand Condition, WaitLock With) {
  const Expr *Test = C.arg(C.Row.Predicate);
  Operand Predicate = callable(Test);
  Operand Cancel = C.arg(C.Row.Cancel) ? value(C.arg(C.Row.Cancel)) : Operand::unknown();
  SlotId Result = E.newSlot();
  BlockId Head = E.newBlock(), Sleep = E.newBlock(), After = E.newBlock();
  Place Here = at(C.Site);
  // Who waits on a lock itself and only looks again tells nobody anything.
  bool OnLock = With.Lock == Condition && !Condition.isUnknown();
  SlotId Tells = OnLock ? E.newSlot() : NoId;
  if (OnLock) {
    E.act(Op::Move, {Operand::integer(1)}, Here).Result = Tells;
    With.Tells = Operand::slot(Tells);
  }
  E.jump(Head);
  E.enter(Head);
  E.act(Op::CallClosure, {Predicate}, at(*Test), text(*Test)).Result = Result;
  E.branch(Operand::slot(Result), After, Sleep, at(*Test), "the predicate of " + text(C.Site));
  E.enter(Sleep);
  if (Cancel.isSlot()) {
    BlockId Wait = E.newBlock();
    Operand Asked = E.value(Op::Requested, {Cancel}, Here);
    E.branch(Asked, After, Wait, Here, "stop was requested");
    E.enter(Wait);
  }
  Instruction &Wait = LockLowering(*this).wait(C, Condition, With);
  Wait.Outcomes.clear();
  if (Cancel.isSlot())
    Wait.Named.push_back({Role::Cancel, Cancel});
  bool Timed = Wait.Flag.has(Flag::Timed);
  SlotId Woken = E.newSlot();
  Wait.Result = Woken;
  Wait.Flag.set(Flag::Shared, OnLock && C.Row.Role == CallRole::LockShared);
  LockLowering(*this).takeBack(With, Here);
  if (OnLock)
    E.act(Op::Move, {Operand::integer(0)}, Here).Result = Tells;
  if (Timed) {
    BlockId Expired = E.newBlock();
    E.branch(Operand::slot(Woken), Head, Expired, Here, "it was woken in time");
    E.enter(Expired);
    E.act(Op::CallClosure, {Predicate}, at(*Test), text(*Test)).Result = Result;
    E.jump(After);
  } else {
    E.jump(Head);
  }
  E.enter(After);
  return Operand::slot(Result);
}

/// absl::Mutex waits by itself.
bool FunctionLowering::isLock(const Expr &Named) {
  QualType T = Named.IgnoreParenImpCasts()->getType();
  TypeForm Shape = form(T->isPointerType() ? T->getPointeeType() : T);
  return Shape.is(Form::Object) && Shape.Row->Kind == ObjectKind::Lock;
}

Operand FunctionLowering::modelledCondition(const ModelledCall &C) {
  Place Here = at(C.Site);
  const Expr *Named = C.Object ? C.Object : C.arg(C.Row.Object);
  Operand Condition = target(C);
  if (C.Row.Role != CallRole::Wait) {
    bool All = C.Row.Role == CallRole::NotifyAll;
    E.act(Op::Notify, {Condition}, Here, nameOf(Named)).Flag.set(Flag::All, All);
    return Operand::integer(0);
  }
  WaitLock With = LockLowering(*this).waitLock(C);
  if (Named && isLock(*Named))
    With.Lock = Condition;
  if (C.arg(C.Row.Predicate))
    return predicateLoop(C, Condition, With);
  SlotId Result = E.newSlot();
  LockLowering(*this).wait(C, Condition, With).Result = Result;
  LockLowering(*this).takeBack(With, Here);
  return Operand::slot(Result);
}

/// The cancel that is given to a wait: an argument, or bound to its completion token.
void FunctionLowering::addCancel(const ModelledCall &C, Instruction &Wait) {
  const Expr *Cancel = C.arg(C.Row.Cancel);
  const Expr *Token = C.arg(C.Row.Completion);
  if (!Cancel && Token && !Prepared.count(Token) && completionCarriesCancel(*Token))
    Cancel = Token;
  if (!Cancel)
    return;
  if (Operand Given = value(Cancel); !Given.isUnknown())
    Wait.Named.push_back({Role::Cancel, Given});
}

Operand FunctionLowering::modelledCounter(const ModelledCall &C) {
  Place Here = at(C.Site);
  const Expr *Named = C.Object ? C.Object : C.arg(C.Row.Object);
  std::string Name = nameOf(Named);
  Operand Object = target(C);
  auto Add = [&](Operand N, bool Negative) {
    if (Negative)
      N = N.K == Operand::Kind::Int ? Operand::integer(-N.Number)
                                    : E.value(Op::Sub, {Operand::integer(0), N}, Here);
    E.act(Op::Count, {Object, N}, Here, Name);
  };
  auto Await = [&](std::optional<Operand> Phase) {
    Instruction Wait;
    Wait.Code = Op::Await;
    Wait.At = Here;
    Wait.Text = Name;
    Wait.Operands.push_back(Object);
    if (Phase)
      Wait.Operands.push_back(*Phase);
    finishWait(C, Wait);
    addCancel(C, Wait);
    Wait.Result = E.newSlot();
    Wait.Received = E.newSlot();
    Operand Status = Operand::slot(Wait.Result), Value = Operand::slot(Wait.Received);
    E.append(std::move(Wait));
    noteEnd(C, Status, Operand::unknown());
    return C.Row.Outcomes.empty() || C.Row.Yields == "value" ? Value : Status;
  };
  auto Arrive = [&](bool Drops) {
    Instruction &I = E.act(Op::Arrive, {Object, count(C, 1)}, Here, Name);
    I.Flag.set(Flag::Drop, Drops);
    SlotId Phase = E.newSlot();
    I.Result = Phase;
    return Operand::slot(Phase);
  };
  switch (C.Row.Role) {
  case CallRole::Add:
  case CallRole::Release:
    Add(count(C, 1), false);
    return C.Row.Yields == "object" ? Object : Operand::integer(0);
  case CallRole::Done:
    Add(count(C, 1), true);
    // A work guard that was reset has nothing to let go at its end.
    if (C.Object && form(C.Object->IgnoreParenImpCasts()->getType()).is(Form::Handle) &&
        form(C.Object->IgnoreParenImpCasts()->getType()).Row->Destructor == DestructorEffect::Release)
      store(targetPlace(C), Operand::null(), C.Site.getSourceRange());
    return Operand::unknown();
  case CallRole::Await: {
    const Expr *Phase = C.arg(C.Row.Value);
    if (C.Row.Predicate >= 0 && C.arg(C.Row.Predicate))
      return predicateLoop(C, Object, WaitLock());
    return Await(Phase ? std::optional(value(Phase)) : std::nullopt);
  }
  case CallRole::DoneAndAwait: Add(count(C, 1), true); return Await(std::nullopt);
  case CallRole::Acquire: {
    Instruction Wait;
    Wait.Code = Op::Acquire;
    Wait.At = Here;
    Wait.Text = Name;
    Wait.Operands = {Object, count(C, 1)};
    finishWait(C, Wait);
    addCancel(C, Wait);
    Wait.Result = E.newSlot();
    Operand Status = Operand::slot(Wait.Result);
    E.append(std::move(Wait));
    return Status;
  }
  case CallRole::Arrive: return Arrive(false);
  case CallRole::ArriveAndDrop: return Arrive(true);
  case CallRole::ArriveAndAwait: {
    Operand Phase = Arrive(false);
    return Await(Phase);
  }
  default: return Operand::unknown();
  }
}

/// The operations of a select: its arguments, or those of the group that it is called on.
ArrayRef<const Expr *> FunctionLowering::selectCases(const ModelledCall &C) {
  if (!C.Object)
    return C.Args;
  const auto *Made = dyn_cast<CallExpr>(bare(C.Object));
  return Made ? ArrayRef<const Expr *>(Made->getArgs(), Made->getNumArgs()) : ArrayRef<const Expr *>();
}

/// Of an array as many as poll() is told of.
void FunctionLowering::forEachPolled(const ModelledCall &C, const Expr &Array,
                                     llvm::function_ref<void(Operand)> Do) {
  uint64_t Length = Forms::length(Array.getType()).value_or(0);
  Expr::EvalResult Told;
  if (const Expr *Count = C.arg(C.Row.Value + 1); Count && Count->EvaluateAsInt(Told, U.Context))
    Length = std::min(Length, Told.Val.getInt().getLimitedValue());
  Operand All = reference(&Array);
  for (uint64_t I = 0; I < Length; ++I)
    Do(E.value(Op::At, {All, Operand::integer(int64_t(I))}, at(Array)));
}

/// Whether poll() gets an array that is in sight and not long.
static bool isShortArray(const Expr &Set) {
  constexpr uint64_t Most = 16;
  auto Length = Forms::length(Set.getType());
  return Set.getType()->isArrayType() && Length && *Length <= Most;
}

/// What poll() looks at: the descriptors in an array of structs, or in one of them.
Operand FunctionLowering::pollSet(const ModelledCall &C, const Expr &Set) {
  const Expr *Bare = Set.IgnoreParenImpCasts();
  Place Here = at(Set);
  const auto *Address = dyn_cast<UnaryOperator>(Bare);
  if (Address && Address->getOpcode() == UO_AddrOf)
    return E.value(Op::Load, {reference(Address->getSubExpr())}, Here, "fd");
  if (!isShortArray(*Bare))
    return value(&Set);
  Operand Found = E.value(Op::Sequence, {}, Here);
  forEachPolled(C, *Bare, [&](Operand Entry) {
    E.act(Op::Append, {Found, E.value(Op::Load, {Entry}, Here, "fd")}, Here);
  });
  return Found;
}

/// poll() says in `revents` which descriptors have something to read.
void FunctionLowering::tellReady(const ModelledCall &C, const Expr &Set) {
  const Expr *Bare = Set.IgnoreParenImpCasts();
  Place Here = at(Set);
  auto Tell = [&](Operand Entry) {
    constexpr int64_t PollIn = 1;
    Instruction &Ready = E.act(Op::Poll, {E.value(Op::Load, {Entry}, Here, "fd")}, Here);
    Ready.Flag.set(Flag::Try);
    Ready.Outcomes = {{Outcome::Ok, false, PollIn}};
    Ready.Result = E.newSlot();
    E.act(Op::Store, {Entry, Operand::slot(Ready.Result)}, Here, "revents");
  };
  const auto *Address = dyn_cast<UnaryOperator>(Bare);
  if (Address && Address->getOpcode() == UO_AddrOf)
    return Tell(reference(Address->getSubExpr()));
  if (isShortArray(*Bare))
    forEachPolled(C, *Bare, Tell);
}

Operand FunctionLowering::modelledSelect(const ModelledCall &C) {
  Instruction Select;
  Select.At = at(C.Site);
  Select.Text = text(C.Site);
  if (C.Row.Role == CallRole::Poll) {
    Select.Code = Op::Poll;
    const Expr *Set = C.arg(C.Row.Value);
    Select.Operands.push_back(Set ? pollSet(C, *Set) : target(C));
    finishWait(C, Select);
  } else {
    Select.Code = Op::Select;
    Select.Flag.set(Flag::Every, C.Row.Role == CallRole::SelectAll);
    for (const Expr *Case : selectCases(C)) {
      TypeForm Shape = form(Case->getType());
      bool Runs = Shape.is(Form::Callable) || Shape.is(Form::Record);
      Select.Operands.push_back(Runs ? callable(Case) : value(Case));
    }
  }
  Select.Result = E.newSlot();
  Operand Index = Operand::slot(Select.Result);
  E.append(std::move(Select));
  Polls |= C.Row.Role == CallRole::Poll;
  if (C.Row.Role == CallRole::Poll && C.arg(C.Row.Value))
    tellReady(C, *C.arg(C.Row.Value));
  return Index;
}

} // namespace taskleak
