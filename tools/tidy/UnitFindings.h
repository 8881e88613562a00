// What was found in one translation unit, for all check objects of that unit.
// clang-tidy makes an object per enabled check; the first that asks pays for
// the analysis, and the unit's AST owns the result.

#pragma once

#include "driver/Analysis.h"

#include "clang/AST/ASTContext.h"

#include <string>
#include <utility>
#include <vector>

namespace taskleak {

class UnitFindings {
public:
  /// Of the unit that \p Context is; lives as long as it. \p Models: model files
  /// of the user's, separated by ';'. Units may be asked for by several threads.
  static UnitFindings &of(clang::ASTContext &Context, llvm::StringRef Models);

  ~UnitFindings();

  /// Of all checks and all evidence, sorted by place.
  const UnitResult &result() const { return Result; }
  /// What is wrong with the user's model files; empty from the second call on.
  std::vector<std::string> takeProblems() { return std::exchange(Problems, {}); }

private:
  using Key = std::pair<const clang::ASTContext *, std::string>;
  struct Index;

  explicit UnitFindings(Key Own) : Own(std::move(Own)) {}
  void analyzeWith(clang::ASTContext &Context);

  Key Own;
  UnitResult Result;
  std::vector<std::string> Problems;
};

} // namespace taskleak
