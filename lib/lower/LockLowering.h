// Lowers what is done with locks and guards; a part of FunctionLowering.
//   std::scoped_lock G(A, B);   one lock operation, a record that keeps both
//   Changed.wait(G);            lets go of what G keeps

#pragma once

#include "lower/FunctionLowering.h"

namespace taskleak {

/// The lock that a condition wait lets go meanwhile.
struct WaitLock {
  Operand Lock;
  clang::QualType Own; ///< Its class, if that is one of the user's own.
  Operand Tells;       ///< Of a wait on the lock itself: whether others are to look again.
};

class LockLowering {
public:
  explicit LockLowering(FunctionLowering &L) : L(L), U(L.U), E(L.E) {}

  /// A call on a lock, on several, or on a guard.
  Operand call(const ModelledCall &C);
  /// A guard or clean-up that is constructed.
  Operand guard(const ModelledCall &C, llvm::StringRef Name);
  /// The end of a guard of type \p T.
  void endGuard(Operand Guard, clang::QualType T, Place At);
  /// A guard gives back what it holds, then holds what the other did.
  void assignGuard(clang::QualType T, Operand To, Operand From, Place At);
  /// What a guard locks.
  Operand lockOf(Operand Guard, Place At) { return E.value(Op::Load, {Guard}, At, "lock"); }

  /// What the wait lets go.
  WaitLock waitLock(const ModelledCall &C);
  Instruction &wait(const ModelledCall &C, Operand Condition, const WaitLock &With);
  /// To be called where the wait is over.
  void takeBack(const WaitLock &With, Place At);

private:
  FunctionLowering &L;
  UnitLowering &U;
  Emitter &E;

  struct GuardedLock {
    const clang::Expr *Named;
    clang::QualType T;
    Operand Lock;
    bool IsOwn; ///< Its class is one of the user's own.
  };
  std::vector<GuardedLock> locksOf(const ModelledCall &C);
  Operand take(const ModelledCall &C, llvm::ArrayRef<GuardedLock> Locks);
  void unlockGuard(Operand Guard, clang::QualType T, Place At);
  Operand releaseGuard(Operand Guard, bool HasLock, Place At);
  Operand callOnGuard(const ModelledCall &C, Operand Guard, clang::QualType T, clang::QualType Own);
  Operand lockSeveral(const ModelledCall &C);
  clang::QualType ownLock(clang::QualType Guard);
  Operand callLock(clang::QualType T, Operand Lock, llvm::StringRef Name, Place At);
};

} // namespace taskleak
