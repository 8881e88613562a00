// Our checks are on unless a configuration turns them off. clangd has a list for
// files that no `.clang-tidy` or `.clangd` names checks for; ours go to the front
// of whichever list applies, so that `-*` and `-taskleak-*` still take them out.

#include "Clangd.h"

using clang::clangd::TidyProvider;
using clang::tidy::ClangTidyOptions;

#define DEFAULT_CHECKS "_ZN5clang6clangd20provideDefaultChecksEv"
TidyProvider stockDefaultChecks() CLANGD_STOCK(DEFAULT_CHECKS);
TidyProvider defaultChecks() CLANGD_OURS(DEFAULT_CHECKS);

TidyProvider defaultChecks() {
  return [Stock = stockDefaultChecks()](ClangTidyOptions &Options, llvm::StringRef File) {
    Stock(Options, File);
    Options.Checks = "taskleak-*," + Options.Checks.value_or("");
  };
}
