// How a declaration finds its model row: by the chain of its declaration
// contexts, without inline namespaces and template arguments, through base
// classes, using-declarations and annotations.
//   boost::fibers::future<int>::wait is declared in detail::future_base: the
//   row of the class that the user names is found by the object's static type.

#pragma once

#include "model/Model.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

#include "llvm/ADT/DenseMap.h"

#include <memory>
#include <string>

namespace taskleak {

/// "boost::fibers::buffered_channel::push": no inline namespaces, no template arguments.
std::string modelName(const clang::NamedDecl &D);
/// Its last part: "push", "operator||"; a constructor's is its class's.
std::string plainName(const clang::NamedDecl &D);

/// Answers for one translation unit; keeps what it has resolved. Not thread-safe.
class Resolver {
public:
  Resolver(const Model &Rows, const clang::ASTContext &Context);
  ~Resolver();

  /// The row of a type, of what it refers to (references and cv are dropped,
  /// typedefs followed), or of one of its bases. Null: not modelled.
  const TypeModel *type(clang::QualType T);

  /// The row of a call of \p Callee. \p ObjectType: static type of the object
  /// expression before the implicit cast to a base; null for free functions.
  /// \p Args: the arguments as written, without the object of a member operator, for
  /// selection by number; empty where only the function is known. An annotation of
  /// the function wins over all rows.
  const CallModel *call(const clang::FunctionDecl &Callee, clang::QualType ObjectType,
                        llvm::ArrayRef<const clang::Expr *> Args);

  /// The rows of all overloads of \p Callee, whatever they are given. Valid until the next call.
  llvm::ArrayRef<const CallModel *> overloads(const clang::FunctionDecl &Callee,
                                              clang::QualType ObjectType);

  /// The rows of a type's constructors, those that say most about the overload first.
  std::vector<const CallModel *> constructors(const TypeModel &Type) const;

  /// What is wrong with annotations met so far, as "FILE:LINE: message". They have no effect.
  llvm::ArrayRef<std::string> problems() const;

private:
  struct State;
  std::unique_ptr<State> S;
};

} // namespace taskleak
