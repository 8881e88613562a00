// Lowers the deleters that owners of one's own kind call in place of a destructor: scope guards
// in disguise, as a rule. A part of FunctionLowering.
//   std::unique_ptr<Cancel, void (*)(Cancel *)> Guard(&Stop, [](Cancel *C) { (*C)(); });

#pragma once

#include "lower/FunctionLowering.h"

namespace taskleak {

/// The type of what a unique owner calls at its end; null: it deletes as `delete` does.
clang::QualType deleterOf(clang::QualType Owner, const TypeModel &Row);

class DeleterLowering {
public:
  explicit DeleterLowering(FunctionLowering &L) : L(L), E(L.E) {}

  /// Remembers what \p V calls at its end, if it is an owner that is told so when it is made.
  void declare(const clang::VarDecl &V);
  /// The owner \p C is made of \p Value, or moved to from another.
  void construct(const clang::CXXConstructExpr &C, const TypeModel &Row, Operand Value);
  /// Whether \p V has called its deleter, for \p Value.
  bool endVariable(const clang::VarDecl &V, Operand Value);
  /// Whether an owner of this type has a deleter of its own; what it does to \p Value is done.
  bool end(clang::QualType Owner, const TypeModel &Row, Operand Value, clang::SourceRange At);

private:
  FunctionLowering &L;
  Emitter &E;

  std::optional<Operand> known(const clang::VarDecl &V) const;
};

} // namespace taskleak
