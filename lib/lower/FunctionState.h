// What is known while one function's body is lowered: where its variables live, which
// loops are open, what was evaluated already.

#pragma once

#include "lower/Emitter.h"
#include "lower/Storage.h"
#include "lower/UnitLowering.h"

#include "clang/AST/ExprCXX.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace taskleak {

struct FunctionState {
  FunctionState(UnitLowering &U, Function Start) : U(U), E(std::move(Start)) {}

  UnitLowering &U;
  Emitter E;
  Storage This;
  /// Of a coroutine's body: its promise, and what it does at its end, with clean-ups so deep.
  struct {
    bool IsBody = false;
    Operand Promise;
    BlockId Last = NoId;
    size_t Depth = 0;
  } Coroutine;
  bool Awaiting = false; ///< The next call is the operand of a co_await.
  bool Awaited = false;  ///< The call being lowered is.
  /// Parts of a deferred call that were evaluated where it was written.
  llvm::DenseMap<const clang::Expr *, Storage> Prepared;
  /// Calls that yield a reference to an element: Threads.back().
  llvm::DenseMap<const clang::Expr *, Storage> Elements;
  const clang::FunctionDecl *Self = nullptr;
  bool Polls = false;  ///< What is read from here on was asked about before.
  bool Exits = false;  ///< The process ends: executors are left as they are.
  bool Zeroes = false; ///< What has no initializer is 0: static storage, the rest of a list.
  clang::SourceRange Unwritten; ///< The member that the compiler's own initializer is for.
  llvm::DenseMap<const clang::ValueDecl *, Storage> Variables; ///< And captured bindings.
  llvm::DenseSet<const clang::VarDecl *> Addressed;
  llvm::DenseSet<const clang::VarDecl *> Returned; ///< Candidates for being the result itself.
  llvm::DenseMap<const clang::OpaqueValueExpr *, Operand> Opaques;
  Operand Caught; ///< What the handler around has been given.
  struct Jumps {
    BlockId Break, Continue;
    size_t BreakDepth, ContinueDepth;
  };
  std::vector<Jumps> Loops;
  llvm::DenseMap<const clang::LabelDecl *, BlockId> Labels;
  struct UnwindMark {
    BlockId Next; ///< What follows the mark.
    SlotId Again; ///< 1 where an exception has come back.
    size_t Depth; ///< Of clean-ups where exceptions began to come back.
  };
  llvm::DenseMap<const clang::VarDecl *, UnwindMark> Marks;
  struct Cursor {
    SlotId Elements, Index; ///< The container, and where in it.
  };
  llvm::DenseMap<const clang::VarDecl *, Cursor> Cursors; ///< Iterators.
  /// What an owner that is made here calls at its end.
  llvm::DenseMap<const clang::CXXConstructExpr *, Operand> Deleters;
  /// How the last wait ended that yields a tuple, 0 for well, and what it brought.
  struct End {
    Operand Status, Received;
  } LastEnd;
  bool TakesApart = false; ///< The next such wait's tuple is.

  void bind(const clang::ValueDecl &V, Storage Where) { Variables[&V] = std::move(Where); }
  Place at(const clang::Stmt &S) { return U.place(S.getSourceRange()); }
  Place at(clang::SourceRange R) { return U.place(R); }
  std::string text(const clang::Stmt &S) { return U.text(S.getSourceRange()); }
  TypeForm form(clang::QualType T) { return U.Types.of(T); }
};

} // namespace taskleak
