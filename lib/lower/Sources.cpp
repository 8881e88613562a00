// Where things stand in the sources, and how they are written there.

#include "lower/UnitLowering.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace taskleak {

Place UnitLowering::place(SourceRange Range) {
  const SourceManager &Sources = Context.getSourceManager();
  if (Range.isInvalid())
    return {};
  SourceLocation Begin = Sources.getExpansionLoc(Range.getBegin());
  SourceLocation Last = Sources.getExpansionRange(Range.getEnd()).getEnd();
  // The pieces of a macro are all at the place where it is spelled.
  auto [Known, New] = Places.try_emplace({Begin, Last});
  if (New)
    Known->second = placeInFile(Begin, Last);
  return Known->second;
}

Place UnitLowering::placeInFile(SourceLocation Begin, SourceLocation Last) {
  const SourceManager &Sources = Context.getSourceManager();
  SourceLocation End = Lexer::getLocForEndOfToken(Last, 0, Sources, Context.getLangOpts());
  auto [File, Offset] = Sources.getDecomposedLoc(Begin);
  auto [Entry, New] = Files.try_emplace(File, unit().Files.size());
  if (New) {
    auto Ref = Sources.getFileEntryRefForID(File);
    unit().Files.push_back(Ref ? Ref->getName().str() : "<input>");
  }
  Place Found{Entry->second, Sources.getLineNumber(File, Offset),
              Sources.getColumnNumber(File, Offset), 0, 0};
  auto [EndFile, EndOffset] = Sources.getDecomposedLoc(End);
  if (End.isValid() && EndFile == File) {
    Found.EndLine = Sources.getLineNumber(File, EndOffset);
    Found.EndColumn = Sources.getColumnNumber(File, EndOffset);
  } else {
    Found.EndLine = Found.Line;
    Found.EndColumn = Found.Column + 1;
  }
  return Found;
}

std::string UnitLowering::text(SourceRange Range) const {
  if (Range.isInvalid())
    return {};
  StringRef Raw =
      Lexer::getSourceText(CharSourceRange::getTokenRange(
                               Context.getSourceManager().getExpansionRange(Range).getAsRange()),
                           Context.getSourceManager(), Context.getLangOpts());
  std::string Line;
  for (char C : Raw) {
    bool Space = C == ' ' || C == '\n' || C == '\t' || C == '\r';
    if (!Space)
      Line += C;
    else if (!Line.empty() && Line.back() != ' ')
      Line += ' ';
  }
  if (Line.size() > 60)
    Line = Line.substr(0, 57) + "...";
  return Line;
}

} // namespace taskleak
