// Library calls on atomics, which are cells that tasks share.
//   std::atomic<bool> stop;  stop.store(true);  stop.wait(false);

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

/// Reads an atomic that is written in the same step.
Operand FunctionLowering::readForUpdate(Operand Cell, const Expr &Site) {
  SlotId Old = E.newSlot();
  Instruction &Read = E.act(Op::Get, {Cell}, at(Site), text(Site));
  Read.Flag.set(Flag::Update);
  Read.Result = Old;
  return Operand::slot(Old);
}

/// Reads, computes and writes in one step.
FunctionLowering::Update FunctionLowering::updateAtomic(Operand Cell, Op Code, Operand By,
                                                        const Expr &Site) {
  Operand Old = readForUpdate(Cell, Site);
  Operand New = Code == Op::Move ? By : arithmetic(Code, Old, By, Site);
  E.act(Op::Put, {Cell, New}, at(Site));
  return {Old, New};
}

/// Yields whether it has been written; what was found instead is stored to \p Want.
Operand FunctionLowering::compareExchange(Operand Cell, const Storage &Want, Operand New,
                                          const Expr &Site) {
  Place Here = at(Site);
  Operand Wanted = load(Want, Site.getSourceRange());
  Operand Old = readForUpdate(Cell, Site);
  Operand Equal = E.value(Op::Eq, {Old, Wanted}, Here, text(Site));
  BlockId Hit = E.newBlock(), Miss = E.newBlock(), After = E.newBlock();
  E.branch(Equal, Hit, Miss, Here, text(Site));
  E.enter(Hit);
  E.act(Op::Put, {Cell, New}, Here);
  E.jump(After);
  E.enter(Miss);
  E.act(Op::Put, {Cell, Old}, Here);
  store(Want, Old, Site.getSourceRange());
  E.jump(After);
  E.enter(After);
  return Equal;
}

/// std::call_once(flag, open): only where nobody has done it before.
Operand FunctionLowering::invokeOnce(const ModelledCall &C, const Expr &What) {
  Place Here = at(C.Site);
  Operand Before = updateAtomic(target(C), Op::Move, Operand::integer(1), C.Site).Old;
  BlockId Do = E.newBlock(), After = E.newBlock();
  E.branch(Before, After, Do, Here, "it has been called");
  E.enter(Do);
  callThrough(callable(&What), nullptr, C.Args.drop_front(C.Row.Callable + 1), C.Site);
  E.jump(After);
  E.enter(After);
  return Operand::unknown();
}

static Op updateOf(CallRole Role) {
  switch (Role) {
  case CallRole::AtomicAdd:
    return Op::Add;
  case CallRole::AtomicSub:
    return Op::Sub;
  case CallRole::AtomicAnd:
    return Op::BitAnd;
  case CallRole::AtomicOr:
    return Op::BitOr;
  default:
    return Op::BitXor;
  }
}

Operand FunctionLowering::modelledAtomic(const ModelledCall &C) {
  Place Here = at(C.Site);
  Operand Cell = target(C);
  auto Value = [&] {
    const Expr *V = C.arg(C.Row.Value);
    return V ? value(V) : Operand::integer(C.Row.Count.Value.value_or(1));
  };
  switch (C.Row.Role) {
  case CallRole::AtomicLoad:
    return E.value(Op::Get, {Cell}, Here, text(C.Site));
  case CallRole::AtomicStore: {
    Operand New = Value();
    E.act(Op::Put, {Cell, New}, Here);
    return C.Row.Outcomes.empty() ? New : Operand::integer(0);
  }
  case CallRole::AtomicExchange:
    return updateAtomic(Cell, Op::Move, Value(), C.Site).Old;
  case CallRole::AtomicAdd:
  case CallRole::AtomicSub:
  case CallRole::AtomicAnd:
  case CallRole::AtomicOr:
  case CallRole::AtomicXor: {
    Operand By = C.arg(C.Row.Count.Param) ? value(C.arg(C.Row.Count.Param))
                 : C.Row.Value >= 0       ? Value()
                                          : Operand::integer(1);
    Update Done = updateAtomic(Cell, updateOf(C.Row.Role), By, C.Site);
    // ++A yields the new value, A++ and fetch_add the old one.
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&C.Site);
    bool Prefix = Operator && Operator->getNumArgs() == 1;
    return Prefix || C.Row.Yields == "value" ? Done.New : Done.Old;
  }
  case CallRole::AtomicCompareExchange: {
    const Expr *Expected = C.arg(0);
    const Expr *Desired = C.arg(1);
    if (!Expected || !Desired)
      return unknownValue(C.Site);
    Storage Want = place(Expected);
    return compareExchange(Cell, Want, value(Desired), C.Site);
  }
  case CallRole::AtomicWait:
    return atomicWait(C);
  case CallRole::AtomicNotify: {
    E.act(Op::Notify, {Cell}, Here, nameOf(C.Object))
        .Flag.set(Flag::All, C.Row.Flag.has(Flag::All));
    return Operand::unknown();
  }
  default:
    return Operand::unknown();
  }
}

/// A.wait(Old): waits while the value is Old, until a notify finds it changed.
Operand FunctionLowering::atomicWait(const ModelledCall &C) {
  Place Here = at(C.Site);
  Operand Cell = target(C);
  Operand Old = C.arg(0) ? value(C.arg(0)) : Operand::integer(0);
  BlockId Head = E.newBlock(), Sleep = E.newBlock(), After = E.newBlock();
  E.jump(Head);
  E.enter(Head);
  // Testing and beginning to wait are one step: the operand after the cell is what it must still
  // be.
  Operand Now = E.value(Op::Get, {Cell}, Here);
  Operand Same = E.value(Op::Eq, {Now, Old}, Here, text(C.Site));
  E.branch(Same, Sleep, After, Here, text(C.Site));
  E.enter(Sleep);
  E.act(Op::Wait, {Cell, Operand::null(), Old}, Here, nameOf(C.Object));
  E.jump(Head);
  E.enter(After);
  return Operand::unknown();
}

} // namespace taskleak
