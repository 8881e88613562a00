// Calls with a model row: which group of roles lowers them, and what all share:
// the object, counts, time-outs, outcomes, where results go.

#include "lower/CoroutineLowering.h"
#include "lower/LockLowering.h"
#include "lower/TaskLowering.h"
#include "lower/TextLowering.h"
#include "lower/VariantLowering.h"

using namespace clang;

namespace taskleak {

bool isDescribed(const CallModel &Row) {
  return Row.How == Style::Token || Row.How == Style::Awaitable ||
         (Row.Lazy && Row.Role != CallRole::Bind);
}

Operand FunctionLowering::modelled(const ModelledCall &C) {
  bool OnTheSpot = Awaiting;
  Awaiting = false;
  Awaited = OnTheSpot;
  if (isDescribed(C.Row) && !OnTheSpot && C.Row.Role != CallRole::Spawn)
    return deferred(C);
  Operand Value = modelledNow(C);
  if (OnTheSpot && C.Row.Role == CallRole::Spawn && C.Row.How == Style::Token)
    return E.value(Op::Await, {Value}, at(C.Site), text(C.Site)); // co_await co_spawn(...)
  // What is complete at once is posted all the same: whoever is ready goes first.
  if (OnTheSpot && C.Row.How == Style::Token)
    E.act(Op::Yield, {}, at(C.Site));
  return Value;
}

Operand FunctionLowering::modelledNow(const ModelledCall &C) {
  switch (C.Row.Role) {
  case CallRole::Spawn:
  case CallRole::Join:
  case CallRole::Detach:
  case CallRole::IsSet:
  case CallRole::Run:
  case CallRole::Stop:
  case CallRole::Executor:
  case CallRole::Yield:
  case CallRole::Outside:
  case CallRole::Fork:
  case CallRole::Exit:
  case CallRole::EndTask:
  case CallRole::Terminate:
    return modelledTask(C);
  case CallRole::Resume:
  case CallRole::EndCoroutine:
  case CallRole::IsDone:
    return CoroutineLowering(*this).modelled(C);
  case CallRole::Nothing:
    return Operand::null();
  case CallRole::Node:
    return node(C);
  case CallRole::MaskCancel:
  case CallRole::UnwindMark:
  case CallRole::UnwindBegin:
  case CallRole::UnwindEnd:
  case CallRole::UnwindNext:
    return modelledUnwinding(C);
  case CallRole::Lock:
  case CallRole::TryLock:
  case CallRole::Unlock:
  case CallRole::LockShared:
  case CallRole::TryLockShared:
  case CallRole::UnlockShared:
  case CallRole::LockAll:
  case CallRole::GuardRelease:
    return LockLowering(*this).call(C);
  case CallRole::GuardOf:
    return LockLowering(*this).guard(C, {});
  case CallRole::Wait:
  case CallRole::NotifyOne:
  case CallRole::NotifyAll:
    return modelledCondition(C);
  case CallRole::Send:
  case CallRole::Receive:
  case CallRole::Close:
  case CallRole::Interrupt:
    return modelledChannel(C);
  case CallRole::Add:
  case CallRole::Done:
  case CallRole::Await:
  case CallRole::DoneAndAwait:
  case CallRole::Acquire:
  case CallRole::Release:
  case CallRole::Arrive:
  case CallRole::ArriveAndAwait:
  case CallRole::ArriveAndDrop:
    return modelledCounter(C);
  case CallRole::Make:
  case CallRole::Reset:
  case CallRole::Destroy:
  case CallRole::Fulfil:
  case CallRole::Fail:
  case CallRole::EventOf:
  case CallRole::Package:
    return modelledEvent(C);
  case CallRole::Request:
  case CallRole::Requested:
  case CallRole::ThisTask:
  case CallRole::TokenOf:
  case CallRole::Derive:
  case CallRole::OnRequest:
  case CallRole::WithCancel:
    return modelledCancel(C);
  case CallRole::SelectAny:
  case CallRole::SelectAll:
  case CallRole::Poll:
    return modelledSelect(C);
  case CallRole::Same:
  case CallRole::MakeOwner:
  case CallRole::ValueOr:
  case CallRole::PointerReset:
  case CallRole::PointerRelease:
  case CallRole::Swap:
  case CallRole::Exchange:
  case CallRole::Bind:
  case CallRole::Invoke:
  case CallRole::Keep:
  case CallRole::Reorder:
  case CallRole::Ignore:
    return modelledPointer(C);
  case CallRole::InsertKey:
  case CallRole::EraseKey:
  case CallRole::HasKey:
  case CallRole::AtKey:
    return modelledKeyed(C);
  case CallRole::FindKey:
  case CallRole::EndKey:
  case CallRole::StepKey:
    return modelledIterator(C);
  case CallRole::Zero:
    return zero(C);
  case CallRole::MakeRecord:
  case CallRole::FieldOf:
    return modelledRecord(C);
  case CallRole::RemoveIf:
    return removeIf(C);
  case CallRole::Absolute:
  case CallRole::Least:
  case CallRole::Greatest:
    return chosen(C);
  case CallRole::ForEach:
  case CallRole::CountIf:
  case CallRole::AnyOf:
  case CallRole::AllOf:
  case CallRole::NoneOf:
  case CallRole::Fill:
    return algorithm(C);
  case CallRole::Index:
  case CallRole::Holds:
  case CallRole::AlternativeIf:
  case CallRole::Emplace:
  case CallRole::Visit:
    return VariantLowering(*this).modelled(C);
  case CallRole::Length:
  case CallRole::Spell:
  case CallRole::AppendText:
  case CallRole::EraseText:
  case CallRole::PartOfText:
  case CallRole::FindText:
  case CallRole::BeginsWith:
  case CallRole::EndsWith:
  case CallRole::HoldsText:
  case CallRole::OrderTexts:
    return TextLowering(*this).modelled(C);
  case CallRole::Append:
  case CallRole::Prepend:
  case CallRole::TakeFirst:
  case CallRole::TakeLast:
  case CallRole::First:
  case CallRole::Last:
  case CallRole::At:
  case CallRole::Size:
  case CallRole::Empty:
  case CallRole::Clear:
    return modelledContainer(C);
  case CallRole::AtomicLoad:
  case CallRole::AtomicStore:
  case CallRole::AtomicExchange:
  case CallRole::AtomicAdd:
  case CallRole::AtomicSub:
  case CallRole::AtomicAnd:
  case CallRole::AtomicOr:
  case CallRole::AtomicXor:
  case CallRole::AtomicCompareExchange:
  case CallRole::AtomicWait:
  case CallRole::AtomicNotify:
    return modelledAtomic(C);
  }
  return Operand::unknown();
}

Operand FunctionLowering::target(const ModelledCall &C) {
  const Expr *Object = C.Row.Object >= 0 ? C.arg(C.Row.Object) : C.Object;
  if (!Object)
    return Operand::unknown();
  if (!C.Row.Part.empty())
    return TaskLowering(*this).part(C, C.Row.Part);
  QualType T = Object->getType();
  // A handle behind a pointer: P->set_value(1).
  if (T->isPointerType() && form(T->getPointeeType()).isValue() &&
      !form(T->getPointeeType()).is(Form::Nothing))
    return load(targetPlace(C), Object->getSourceRange());
  if (T->isPointerType())
    return value(Object);
  TypeForm Shape = form(T);
  if (Shape.isObject())
    return Object->isGLValue() ? reference(Object) : value(Object);
  return Object->isGLValue() ? load(place(Object), Object->getSourceRange()) : value(Object);
}

Storage FunctionLowering::targetPlace(const ModelledCall &C) {
  const Expr *Object = C.Row.Object >= 0 ? C.arg(C.Row.Object) : C.Object;
  if (!Object)
    return {};
  if (Object->getType()->isPointerType()) {
    Operand Pointer = value(Object);
    QualType T = Object->getType()->getPointeeType();
    return form(T).isObject() ? Storage::object(Pointer) : Storage::through(Pointer);
  }
  return place(Object);
}

Operand FunctionLowering::count(const ModelledCall &C, int64_t Default) {
  CountSource Source = C.Row.Count;
  if (!Source.Value && Source.Param < 0)
    Source.Value = Default;
  if (Source.Param >= 0 && !C.arg(Source.Param) && !Source.Value)
    return Operand::integer(Default);
  return capacity(Source, C.Args, {});
}

void FunctionLowering::storeInto(const ModelledCall &C, Operand Value) {
  const Expr *Into = C.arg(C.Row.Into);
  if (!Into)
    return;
  if (Into->IgnoreParenImpCasts()->getType()->isArrayType()) {
    E.act(Op::SetAt, {reference(Into->IgnoreParenImpCasts()), Operand::integer(0), Value},
          at(*Into));
    return;
  }
  if (Into->getType()->isPointerType())
    return store(pointee(*Into), Value, Into->getSourceRange());
  store(place(Into), Value, Into->getSourceRange());
}

std::string FunctionLowering::nameOf(const Expr *Expression) {
  if (!Expression)
    return {};
  Expression = Expression->IgnoreParenImpCasts();
  if (const auto *Address = dyn_cast<UnaryOperator>(Expression))
    return nameOf(Address->getSubExpr());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Expression))
    return Ref->getDecl()->getNameAsString();
  if (const auto *M = dyn_cast<MemberExpr>(Expression))
    return M->getMemberDecl()->getNameAsString();
  return text(*Expression);
}

} // namespace taskleak
