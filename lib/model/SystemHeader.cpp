// Tells system headers by what the compiler knows, and by where they are.

#include "model/SystemHeader.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclBase.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace taskleak {

static bool isInstalled(llvm::StringRef File) {
  return File.consume_front("/usr/") &&
         (File.starts_with("include/") || File.starts_with("local/include/") ||
          File.starts_with("lib/"));
}

bool isSystem(const Decl &D) {
  const SourceManager &Sources = D.getASTContext().getSourceManager();
  SourceLocation At = Sources.getExpansionLoc(D.getLocation());
  return At.isInvalid() || Sources.isInSystemHeader(At) || isInstalled(Sources.getFilename(At));
}

} // namespace taskleak
