// A call of a library function that has a model row.
//   queue.push(x)     the row of Queue::push, the call, its object and arguments

#pragma once

#include "model/Row.h"

#include "clang/AST/Expr.h"

namespace taskleak {

/// A call with a model row, as its parts are reached.
struct ModelledCall {
  const CallModel &Row;
  const clang::Expr &Site;
  const clang::FunctionDecl &Callee;
  const clang::Expr *Object = nullptr; ///< The object expression; null for free functions.
  llvm::ArrayRef<const clang::Expr *> Args;
  bool HasHandler = false; ///< How it ended is told to a callable.

  const clang::Expr *arg(int Position) const {
    return Position >= 0 && size_t(Position) < Args.size() ? Args[Position] : nullptr;
  }
  /// The type of the object, however it is reached; null if the row names none.
  clang::QualType objectType() const {
    const clang::Expr *Of = Object ? Object : arg(Row.Object);
    clang::QualType T = Of ? Of->IgnoreParenImpCasts()->getType() : clang::QualType();
    return !T.isNull() && T->isPointerType() ? T->getPointeeType() : T;
  }
};

/// Nothing happens where such a call is written, only where its result is awaited.
bool isDescribed(const CallModel &Row);

/// The completion token makes a tuple of what the call yields, its error first.
bool yieldsTuple(const ModelledCall &C);
/// So it does, or the handler is told.
bool tellsEnd(const ModelledCall &C);

} // namespace taskleak
