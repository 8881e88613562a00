// Which checks a run asks for: `--checks=` in clang-tidy's form, with or without
// the "taskleak-" in front.
//   --checks=-*,blocking-*   --checks=-lost-cancel   --checks=unwoken-wait

#pragma once

#include "finding/Check.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace taskleak {

/// The ids that \p Globs selects, in the order of \p All. Later entries win; a
/// list that begins with a plain exclusion starts from all. An entry that matches
/// nothing is an error that names the nearest check.
llvm::Expected<std::vector<std::string>> selectChecks(llvm::StringRef Globs,
                                                      llvm::ArrayRef<const Check *> All);

/// The check of that name, or an error that names the nearest one.
llvm::Expected<const Check *> findCheck(llvm::StringRef Name, llvm::ArrayRef<const Check *> All);

} // namespace taskleak
