// clangd leaves out, without a word, every check that is not in a table of timed
// ones. Ours are fast enough; nothing changes for the others.

#include "Clangd.h"

#include "finding/Check.h"
#include "report/Report.h"

#include "llvm/ADT/STLExtras.h"

// Not a plain bool: empty means that nobody has timed the check.
#define IS_FAST "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
std::optional<bool> stockIsFast(llvm::StringRef Check) CLANGD_STOCK(IS_FAST);
std::optional<bool> isFast(llvm::StringRef Check) CLANGD_OURS(IS_FAST);

std::optional<bool> isFast(llvm::StringRef Check) {
  bool Ours = llvm::any_of(taskleak::allChecks(), [&](const taskleak::Check *C) {
    return taskleak::ruleName(C->Id) == Check;
  });
  return Ours ? true : stockIsFast(Check);
}
