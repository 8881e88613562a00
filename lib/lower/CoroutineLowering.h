// Lowers coroutines whose promise type is the program's own. One is two functions: what the
// caller calls makes the promise and what it returns, and a task runs the body.
//   struct Job { struct promise_type { ... }; };
//   Job compact(Budget &budget) { co_await budget.reserve(4096); }
// A handle is a pointer to the promise, which knows its task.

#pragma once

#include "lower/FunctionLowering.h"

namespace taskleak {

class CoroutineLowering {
public:
  explicit CoroutineLowering(FunctionLowering &L) : L(L), E(L.E), U(L.U) {}

  static const clang::CoroutineSuspendExpr *suspension(const clang::Stmt *S);
  /// std::suspend_always or std::suspend_never.
  static bool isStandard(clang::QualType Awaiter, llvm::StringRef Name);
  /// Whether all is in sight that says what becomes of its coroutines.
  static bool isFollowed(const clang::FunctionDecl &F, UnitLowering &U);
  /// What is called. \p Lambda: whose body it is, if any.
  static Function lowerCall(const clang::FunctionDecl &F, const clang::LambdaExpr *Lambda,
                            UnitLowering &U, Function Start);

  /// In the body: its first parameter.
  void declarePromise();
  void body(const clang::CoroutineBodyStmt &S);
  void leave(const clang::CoreturnStmt &S);
  /// A co_await or co_yield; nothing if its awaiter is out of sight.
  std::optional<Operand> await(const clang::CoroutineSuspendExpr &A, bool IsFinal = false);
  /// Resumes, ends, or asks about the coroutine of a handle.
  Operand modelled(const ModelledCall &C);

private:
  FunctionLowering &L;
  Emitter &E;
  UnitLowering &U;

  void call(const clang::CoroutineBodyStmt &S, FunctionId Body, unsigned Params);
  void bindKept(const clang::Stmt *Move);
  Operand taskOf(Operand Handle, Place At);
  Operand whoSuspends(const clang::CoroutineSuspendExpr &A, Operand Awaiter);
  void yieldNext(Operand Tested, bool Runs, Operand Handle, const clang::CoroutineSuspendExpr &A);
  Function lowerSuspension(const clang::CoroutineSuspendExpr &A);
  void end(const ModelledCall &C, Operand Handle);
};

} // namespace taskleak
