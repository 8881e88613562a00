// The compiler's own atomics, which C's macros are made of: _Atomic, stdatomic.h, GLib.
//   __atomic_load(&Stop, &Now, __ATOMIC_SEQ_CST);   __atomic_store_n(&Stop, 1, ...);

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

namespace {
enum class Act { Load, Store, Exchange, Add, Sub, Other };
struct Shape {
  Act What = Act::Other;
  bool ByAddress = false; ///< Operand and result are pointed to.
  bool After = false;     ///< Yields the value after.
};
} // namespace

static Shape shapeOf(const AtomicExpr &A) {
  switch (A.getOp()) {
  case AtomicExpr::AO__c11_atomic_load:
  case AtomicExpr::AO__atomic_load_n:
    return {Act::Load};
  case AtomicExpr::AO__atomic_load:
    return {Act::Load, true};
  case AtomicExpr::AO__c11_atomic_init:
  case AtomicExpr::AO__c11_atomic_store:
  case AtomicExpr::AO__atomic_store_n:
    return {Act::Store};
  case AtomicExpr::AO__atomic_store:
    return {Act::Store, true};
  case AtomicExpr::AO__c11_atomic_exchange:
  case AtomicExpr::AO__atomic_exchange_n:
    return {Act::Exchange};
  case AtomicExpr::AO__c11_atomic_fetch_add:
  case AtomicExpr::AO__atomic_fetch_add:
    return {Act::Add};
  case AtomicExpr::AO__atomic_add_fetch:
    return {Act::Add, false, true};
  case AtomicExpr::AO__c11_atomic_fetch_sub:
  case AtomicExpr::AO__atomic_fetch_sub:
    return {Act::Sub};
  case AtomicExpr::AO__atomic_sub_fetch:
    return {Act::Sub, false, true};
  default:
    return {};
  }
}

/// What a pointer operand leads to.
static Storage pointee(Operand Pointer) { return Storage::through(Pointer); }

Operand FunctionLowering::atomicBuiltin(const AtomicExpr &A) {
  Shape S = shapeOf(A);
  SourceRange Range = A.getSourceRange();
  Place Here = at(A);
  if (S.What == Act::Other) {
    evaluateChildren(A);
    return unknownValue(A);
  }
  Storage Cell = pointee(value(A.getPtr()));
  auto Given = [&] {
    Operand V = value(A.getVal1());
    return S.ByAddress ? load(pointee(V), Range) : V;
  };
  if (S.What == Act::Load) {
    Operand Now = load(Cell, Range);
    if (S.ByAddress)
      store(pointee(value(A.getVal1())), Now, Range);
    return Now;
  }
  if (S.What == Act::Store) {
    store(Cell, Given(), Range);
    return Operand::unknown();
  }
  Operand New = Given();
  Operand Old = E.value(Op::Move, {load(Cell, Range)}, Here);
  if (S.What != Act::Exchange)
    New = E.value(S.What == Act::Add ? Op::Add : Op::Sub, {Old, New}, Here, text(A));
  store(Cell, New, Range);
  return S.After ? New : Old;
}

} // namespace taskleak
