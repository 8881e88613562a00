// Which of several rows of one name means this overload.
//   condition_variable_any::wait(lock, pred)          args: 2
//   condition_variable_any::wait(lock, token, pred)   params: [_, std::stop_token, _]

#pragma once

#include "model/Model.h"

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace taskleak {

/// The first of \p Rows that \p Callee with \p Args arguments fits; null if none.
/// A row that reads a parameter which the function does not have never fits,
/// and copying or moving an object is no call of its constructors' rows unless
/// they name their parameters.
const CallModel *select(llvm::ArrayRef<const CallModel *> Rows, const clang::FunctionDecl &Callee,
                        unsigned Args, const Model &All);

/// Does \p Row mean a constructor that is called with \p Args out of sight: emplace_back(Args...)?
bool fitsArguments(const CallModel &Row, llvm::ArrayRef<const clang::Expr *> Args,
                   const Model &All);

/// Arguments that the user wrote; the number of parameters if \p Args are not given.
unsigned writtenArgs(const clang::FunctionDecl &Callee, llvm::ArrayRef<const clang::Expr *> Args);

/// Is \p T, a typedef on the way to it or a base of it called \p Name? References and cv are dropped.
bool isCalled(clang::QualType T, llvm::StringRef Name, const Model &All);

/// The name that a typedef or alias template gives to \p T; empty for other types.
std::string aliasName(clang::QualType T);

} // namespace taskleak
