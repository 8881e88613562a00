// Remembers what the compiler says about a unit that does not compile.

#pragma once

#include "clang/Basic/Diagnostic.h"

#include <string>

namespace taskleak {

class CompileErrors : public clang::DiagnosticConsumer {
public:
  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override;

  /// "does not compile: a.h:3:5: unknown type name 'x'; 2 errors"
  std::string message() const;

private:
  std::string First;
};

} // namespace taskleak
