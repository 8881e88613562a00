// The compiler's own operations on atomics, which C's <stdatomic.h> is made of.
//   atomic_store(&w->stop, 1);  while (!atomic_load(&w->stop)) ...  __atomic_fetch_add(...)

#include "lower/FunctionLowering.h"

using namespace clang;

namespace taskleak {

/// What a fetch_ or _fetch operation does, as far as a skeleton can compute it.
static Op codeOf(const AtomicExpr &A) {
  switch (A.getOp()) {
  case AtomicExpr::AO__c11_atomic_fetch_add:
  case AtomicExpr::AO__atomic_fetch_add:
  case AtomicExpr::AO__atomic_add_fetch:
    return Op::Add;
  case AtomicExpr::AO__c11_atomic_fetch_sub:
  case AtomicExpr::AO__atomic_fetch_sub:
  case AtomicExpr::AO__atomic_sub_fetch:
    return Op::Sub;
  case AtomicExpr::AO__c11_atomic_fetch_and:
  case AtomicExpr::AO__atomic_fetch_and:
  case AtomicExpr::AO__atomic_and_fetch:
    return Op::BitAnd;
  case AtomicExpr::AO__c11_atomic_fetch_or:
  case AtomicExpr::AO__atomic_fetch_or:
  case AtomicExpr::AO__atomic_or_fetch:
    return Op::BitOr;
  case AtomicExpr::AO__c11_atomic_fetch_xor:
  case AtomicExpr::AO__atomic_fetch_xor:
  case AtomicExpr::AO__atomic_xor_fetch:
    return Op::BitXor;
  default:
    return Op::Opaque;
  }
}

static bool yieldsNew(const AtomicExpr &A) {
  switch (A.getOp()) {
  case AtomicExpr::AO__atomic_add_fetch:
  case AtomicExpr::AO__atomic_sub_fetch:
  case AtomicExpr::AO__atomic_and_fetch:
  case AtomicExpr::AO__atomic_or_fetch:
  case AtomicExpr::AO__atomic_xor_fetch:
    return true;
  default:
    return false;
  }
}

/// What a pointer points at: `&x` names x itself.
Storage FunctionLowering::pointee(const Expr &Pointer) {
  const auto *Address = dyn_cast<UnaryOperator>(Pointer.IgnoreParenCasts());
  if (Address && Address->getOpcode() == UO_AddrOf)
    return place(Address->getSubExpr());
  return Storage::through(value(&Pointer));
}

Operand FunctionLowering::builtinAtomic(const AtomicExpr &A) {
  SourceRange Here = A.getSourceRange();
  Storage Where = pointee(*A.getPtr());
  switch (A.getOp()) {
  case AtomicExpr::AO__c11_atomic_init:
  case AtomicExpr::AO__c11_atomic_store:
  case AtomicExpr::AO__atomic_store_n:
    store(Where, value(A.getVal1()), Here);
    return Operand::unknown();
  case AtomicExpr::AO__c11_atomic_load:
  case AtomicExpr::AO__atomic_load_n:
    return load(Where, Here);
  case AtomicExpr::AO__atomic_load: // Operand and result by address.
    store(pointee(*A.getVal1()), load(Where, Here), Here);
    return Operand::unknown();
  case AtomicExpr::AO__atomic_store:
    store(Where, load(pointee(*A.getVal1()), Here), Here);
    return Operand::unknown();
  default:
    break;
  }
  Operand Cell = addressOf(Where, Here);
  switch (A.getOp()) {
  case AtomicExpr::AO__c11_atomic_exchange:
  case AtomicExpr::AO__atomic_exchange_n:
    return updateAtomic(Cell, Op::Move, value(A.getVal1()), A).Old;
  case AtomicExpr::AO__c11_atomic_compare_exchange_strong:
  case AtomicExpr::AO__c11_atomic_compare_exchange_weak:
  case AtomicExpr::AO__atomic_compare_exchange_n: {
    Storage Want = pointee(*A.getVal1());
    return compareExchange(Cell, Want, value(A.getVal2()), A);
  }
  default:
    break;
  }
  if (A.getNumSubExprs() < 3) // No value: a test-and-set, or one that we do not know.
    return unknownValue(A);
  Update Done = updateAtomic(Cell, codeOf(A), value(A.getVal1()), A);
  return yieldsNew(A) ? Done.New : Done.Old;
}

} // namespace taskleak
