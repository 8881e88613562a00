// Remembers what the compiler says about a unit that does not compile.

#pragma once

#include "report/FailedUnit.h"

#include "clang/Basic/Diagnostic.h"

namespace taskleak {

class CompileErrors : public clang::DiagnosticConsumer {
public:
  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override;

  FailedUnit failure(llvm::StringRef File) const;

private:
  FailedUnit Seen;
};

} // namespace taskleak
