// Only the first error is told: the others often follow from it.

#include "driver/CompileErrors.h"

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace taskleak {

void CompileErrors::HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) {
  DiagnosticConsumer::HandleDiagnostic(Level, Info);
  if (Level < DiagnosticsEngine::Error || !First.empty())
    return;
  if (Info.hasSourceManager() && Info.getLocation().isValid()) {
    PresumedLoc At = Info.getSourceManager().getPresumedLoc(Info.getLocation());
    if (At.isValid())
      First = std::string(At.getFilename()) + ":" + llvm::utostr(At.getLine()) + ":" +
              llvm::utostr(At.getColumn()) + ": ";
  }
  llvm::SmallString<128> Text;
  Info.FormatDiagnostic(Text);
  First += Text.str();
}

std::string CompileErrors::message() const {
  if (First.empty())
    return "does not compile: the compiler gave no reason; try its command by hand";
  return "does not compile: " + First + "; " + llvm::utostr(NumErrors) +
         (NumErrors == 1 ? " error" : " errors");
}

} // namespace taskleak
