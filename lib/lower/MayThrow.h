// Which calls may throw: noexcept, C functions and the bodies in sight are
// honoured, bottom-up.
//   int parse(const char *);            unknown C++ function: may throw
//   extern "C" int parse(const char *); does not
//   int two() { return 2; }             cannot

#pragma once

#include "model/Resolve.h"

#include "clang/AST/Decl.h"

#include "llvm/ADT/DenseMap.h"

namespace taskleak {

class MayThrow {
  Resolver &Rows;
  llvm::DenseMap<const clang::FunctionDecl *, bool> Known;

  bool bodyMayThrow(const clang::Stmt &Body);

public:
  explicit MayThrow(Resolver &Rows) : Rows(Rows) {}

  /// Functions of system headers count as throwing only where a model row says
  /// so: an allocation that fails is nobody's leak.
  bool operator()(const clang::FunctionDecl &F);
};

} // namespace taskleak
