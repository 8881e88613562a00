// Lowers what begins tasks in other ways than with a function and its arguments:
// methods of records, pools with a function of their own, lazy tasks, blocks, calls
// that a macro turns into tasks.
//   indexer.start();   g_thread_pool_push(Pool, Job, 0);   dispatch_async(Q, ^{ ... });

#pragma once

#include "lower/FunctionLowering.h"

namespace taskleak {

class TaskLowering {
public:
  explicit TaskLowering(FunctionLowering &L) : L(L), E(L.E), U(L.U) {}

  struct Start {
    Operand Callable;
    llvm::SmallVector<Operand, 2> Args;
    Operand Counter = Operand::unknown(); ///< Of tasks that are not done.
  };
  /// Is what the task runs no parameter of the call?
  static bool bringsItsOwn(const CallModel &Row);
  Start startOf(const ModelledCall &C);
  /// What a task is given to run; where that only makes a coroutine, the coroutine, too.
  Operand body(const clang::Expr &Callable);
  /// What a spawn that is given a callable is called.
  std::string nameOf(const clang::Expr &Callable);

  /// The object of the call, a record, and the part of it that the row names.
  Operand whole(const ModelledCall &C);
  Operand part(const ModelledCall &C, llvm::StringRef Name);
  /// Makes what a constructor's row says is a part of \p Record.
  void makePart(const ModelledCall &C, Operand Record);
  /// A pool that runs the function it was made with, or an object whose method calls it.
  Operand makeRunner(const ModelledCall &C);
  /// Gives all that the call is given to code out of sight.
  Operand keepAll(const ModelledCall &C);
  /// A task that runs another, whose waits the call's cancel ends.
  Operand underCancel(const ModelledCall &C, const clang::Expr &Task);

  Operand block(const clang::BlockExpr &B);
  /// The task of a macro's statement expression, if it is one.
  std::optional<Operand> inlineTask(const clang::StmtExpr &S);

private:
  FunctionLowering &L;
  Emitter &E;
  UnitLowering &U;

  Operand makePool(const ModelledCall &C);
  Function blockBody(const clang::BlockDecl &B);
  std::optional<ModelledCall> beginning(const clang::CompoundStmt &Body);
  const clang::CallExpr *callBeforeEnd(const clang::Stmt &Within);
};

} // namespace taskleak
