// Only the first error is told: the others often follow from it.

#include "driver/CompileErrors.h"

#include "driver/AbsolutePath.h"

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallString.h"

using namespace clang;
using llvm::StringRef;

namespace taskleak {

void CompileErrors::HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) {
  DiagnosticConsumer::HandleDiagnostic(Level, Info);
  if (Level < DiagnosticsEngine::Error || !Seen.First.empty())
    return;
  llvm::SmallString<128> Text;
  Info.FormatDiagnostic(Text);
  Seen.First = Text.str().str();
  if (!Info.hasSourceManager() || Info.getLocation().isInvalid())
    return;
  const SourceManager &SM = Info.getSourceManager();
  PresumedLoc At = SM.getPresumedLoc(Info.getLocation());
  if (At.isInvalid())
    return;
  Seen.At = absolutePath(At.getFilename(), SM.getFileManager());
  Seen.Line = At.getLine();
  Seen.Column = At.getColumn();
}

FailedUnit CompileErrors::failure(StringRef File) const {
  FailedUnit Out = Seen;
  Out.File = File.str();
  Out.Why = "does not compile";
  Out.Errors = NumErrors;
  if (Out.First.empty())
    Out.First = "the compiler gave no reason; try its command by hand";
  return Out;
}

} // namespace taskleak
