// Any of our checks as a clang-tidy check: it shows the share of the unit's
// findings that has its id. Options, in `.clang-tidy`:
//   CheckOptions: { taskleak-lost-cancel.Evidence: proven, taskleak-Models: our-queue.yaml }

#pragma once

#include "finding/Check.h"

#include "clang-tidy/ClangTidyCheck.h"

#include <optional>
#include <string>

namespace taskleak {

class TidyCheck : public clang::tidy::ClangTidyCheck {
public:
  TidyCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context, const Check &Value);

  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Stored) override;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
  void check(const clang::ast_matchers::MatchFinder::MatchResult &Match) override;

private:
  bool isShown(const Finding &F) const;

  const Check &Value;
  const std::optional<Evidence> Least; ///< Empty: the check's own default.
  const std::string Models;
  bool Told = false;
};

} // namespace taskleak
