// Proposes model rows for the wrappers that a unit defines, for units that see only
// their declarations.
//   class Mutex { void Lock(); ... };   ->   - {name: Lock, role: lock}

#pragma once

#include "model/Model.h"

#include "clang/AST/ASTContext.h"

#include "llvm/Support/raw_ostream.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace taskleak {

struct InferredRows {
  struct Type {
    std::vector<std::string> Keys; ///< "kind: lock" and so on.
    std::set<std::string> Calls;
  };
  std::map<std::string, Type> Types;
  std::set<std::string> Calls;
  std::map<std::string, std::string> Left; ///< What waits and is no wrapper: why.

  void add(const InferredRows &Other);
};

/// The rows for one unit.
InferredRows inferRows(clang::ASTContext &Context, const Model &Rows);

/// A model file; what was left out stands there in comments.
void printRows(const InferredRows &Rows, llvm::raw_ostream &OS);

} // namespace taskleak
