// Lowers what is done with iterators that are variables of their function: each is an index
// into the container that it was taken from. A part of FunctionLowering.
//   for (auto it = jobs.begin(); it != jobs.end();)
//     it = it->isDone() ? jobs.erase(it) : std::next(it);

#pragma once

#include "lower/FunctionLowering.h"

namespace taskleak {

/// The container that an iterator begins: X of X.begin() and std::begin(X); else null.
const clang::Expr *begunContainer(const clang::Expr &Iterator);

/// Whether an iterator is the end of some container.
bool isEnd(const clang::Expr &Iterator);

class CursorLowering {
public:
  explicit CursorLowering(FunctionLowering &L) : L(L), E(L.E) {}

  /// Whether \p V has become one.
  bool declare(const clang::VarDecl &V);
  /// What a call does with one; nothing if it does nothing that is known with any.
  std::optional<Operand> call(const clang::CallExpr &C);

private:
  using Cursor = FunctionState::Cursor;
  FunctionLowering &L;
  Emitter &E;

  const Cursor *cursor(const clang::Expr &Named) const;
  std::optional<Cursor> start(const clang::Expr &From);
  std::optional<Cursor> search(const clang::CallExpr &C);
  std::optional<Cursor> next(const clang::CallExpr &C);
  std::optional<Cursor> moved(const clang::CallExpr &C);
  std::optional<Cursor> erase(const clang::CallExpr &C);
  std::optional<Operand> operation(const clang::CXXOperatorCallExpr &C);
  std::optional<Operand> compare(const clang::CXXOperatorCallExpr &C);
  Operand element(const Cursor &At, const clang::CXXOperatorCallExpr &C);
  void lose(const clang::CallExpr &C);
  void move(const Cursor &To, Op By, const clang::Expr &Site);
};

} // namespace taskleak
