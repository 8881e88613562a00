// From the AST of a translation unit to its skeletons. The only stage that
// reads function bodies.

#pragma once

#include "model/Model.h"
#include "skeleton/Skeleton.h"

#include "clang/AST/ASTContext.h"

#include <functional>

namespace taskleak {

struct LowerOptions {
  /// The most functions one unit may lower; over it the unit is skipped and told.
  unsigned Functions = 20000;
  /// Makes the body of a template's function, or the default of its class's member, that the
  /// compiler had no need of, because what uses it (std::make_shared) was not parsed. May be
  /// empty, or do nothing.
  std::function<void(clang::Decl &)> Instantiate;
  /// Functions that get to nothing that is about tasks, too, and the keys of all.
  bool Everything = true;
};

struct Lowered {
  Unit Skeletons;
  bool Skipped = false;   ///< No own file spells a name that the model knows.
  bool OverBudget = false;
  /// What is wrong with annotations in the unit, as "FILE:LINE: message".
  std::vector<std::string> Problems;
};

/// Lowers all functions defined outside system headers that matter to tasks,
/// and what they call. Null-safe on broken code. Deterministic.
Lowered lower(clang::ASTContext &Context, const Model &Rows, const LowerOptions &Options = {});

} // namespace taskleak
