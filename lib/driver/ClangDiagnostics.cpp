// Messages may hold percent signs, so they are arguments of the format, never
// formats themselves.

#include "driver/ClangDiagnostics.h"

#include "report/Schedule.h"

#include "clang/Basic/FileManager.h"

using namespace clang;
using llvm::ArrayRef;
using llvm::StringRef;

namespace taskleak {
namespace {

class Emitter {
public:
  Emitter(const SourceManager &SM, ArrayRef<std::string> Files, DiagnosticMaker Make)
      : SM(SM), Files(Files), Make(Make) {}

  void one(const Place &At, const std::string &Message, DiagnosticIDs::Level Level) {
    SourceLocation Begin = locationOf(At, SM, Files);
    Place Last = At;
    Last.Line = At.EndLine;
    Last.Column = At.EndColumn;
    SourceLocation End = locationOf(Last, SM, Files);
    DiagnosticBuilder Builder = Make(Begin, "%0", Level);
    Builder << Message;
    if (Begin.isValid() && End.isValid())
      Builder << CharSourceRange::getCharRange(Begin, End);
  }

private:
  const SourceManager &SM;
  ArrayRef<std::string> Files;
  DiagnosticMaker Make;
};

} // namespace

SourceLocation locationOf(const Place &At, const SourceManager &SM, ArrayRef<std::string> Files) {
  if (!At.isValid() || At.File >= Files.size())
    return SourceLocation();
  OptionalFileEntryRef File = SM.getFileManager().getOptionalFileRef(Files[At.File]);
  if (!File)
    return SourceLocation();
  return SM.translateFileLineCol(*File, At.Line, At.Column);
}

void emit(const Finding &F, const SourceManager &SM, ArrayRef<std::string> Files,
          DiagnosticMaker Make, bool Advice) {
  Emitter E(SM, Files, Make);
  E.one(F.At, F.Message, DiagnosticIDs::Warning);
  for (const ScheduledStep &S : schedule(F))
    E.one(S.Step->At, noteText(S), DiagnosticIDs::Note);
  for (const RelatedPlace &P : F.Related)
    E.one(P.At, P.Message, DiagnosticIDs::Note);
  if (!Advice)
    return;
  if (std::string Assuming = assumptionText(F); !Assuming.empty())
    E.one(F.At, Assuming, DiagnosticIDs::Note);
  if (!F.Help.empty())
    E.one(F.At, F.Help, DiagnosticIDs::Note);
}

} // namespace taskleak
