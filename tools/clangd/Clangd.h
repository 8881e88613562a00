// The little of clangd that is named here. Its package has the archives and no
// headers, so these are written by hand; test/clangd holds that they fit.

#pragma once

#include "clang-tidy/ClangTidyOptions.h"

#include "llvm/ADT/FunctionExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

#include <memory>
#include <optional>
#include <string>

namespace clang::clangd {

int clangdMain(int Argc, char **Argv);

using TidyProvider =
    llvm::unique_function<void(tidy::ClangTidyOptions &, llvm::StringRef File) const>;

struct PublishDiagnosticsParams;

class SymbolIndex {
public:
  virtual ~SymbolIndex();
};

} // namespace clang::clangd

/// In place of clangd's own function of the mangled name S the linker puts ours, and
/// keeps the other reachable: `ld --wrap=S`.
#define CLANGD_OURS(S) __asm__("__wrap_" S)
#define CLANGD_STOCK(S) __asm__("__real_" S)
