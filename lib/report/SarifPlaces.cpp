// Regions are held inside their file: a reader that meets a column past the end
// of a line may drop the result.

#include "report/SarifPlaces.h"

#include "report/LineHash.h"
#include "report/Paths.h"
#include "report/Utf16.h"

#include <algorithm>

using namespace llvm;
using Json = nlohmann::ordered_json;

namespace taskleak {

constexpr unsigned ContextLines = 2;

SarifPlaces::SarifPlaces(const Report &R, Sources &Texts, StringRef Root)
    : Texts(Texts), Hashes(R.Files.size()) {
  for (const std::string &File : R.Files)
    Uris.push_back(relativeUri(File, Root));
}

Place SarifPlaces::clamped(Place At) {
  At.Column = std::max(At.Column, 1u);
  if (std::tie(At.EndLine, At.EndColumn) <= std::tie(At.Line, At.Column)) {
    At.EndLine = At.Line;
    At.EndColumn = At.Column + 1;
  }
  unsigned Last = Texts.lines(At.File);
  if (Last == 0)
    return At;
  At.Line = std::min(At.Line, Last);
  At.EndLine = std::min(At.EndLine, Last);
  unsigned Width = Texts.line(At.File, At.Line).size();
  unsigned EndWidth = Texts.line(At.File, At.EndLine).size();
  At.Column = std::min(At.Column, Width + 1);
  At.EndColumn = std::min(At.EndColumn, EndWidth + 1);
  return At;
}

std::string SarifPlaces::linesOf(unsigned File, unsigned First, unsigned Last) {
  std::string Text;
  for (unsigned L = First; L <= Last; ++L)
    Text += Texts.line(File, L).str() + "\n";
  return Text;
}

static std::string cut(std::string Lines, unsigned Begin, unsigned FromEnd) {
  StringRef Text(Lines);
  return Text.drop_back(std::min<size_t>(Text.size(), FromEnd)).drop_front(Begin).str();
}

Json SarifPlaces::region(const Place &At) {
  StringRef First = Texts.line(At.File, At.Line);
  StringRef Last = Texts.line(At.File, At.EndLine);
  bool Readable = Texts.lines(At.File) != 0;
  Json Region = {
      {"startLine", At.Line},
      {"startColumn", Readable ? utf16Column(First, At.Column) : At.Column},
      {"endLine", At.EndLine},
      {"endColumn", Readable ? utf16Column(Last, At.EndColumn) : At.EndColumn},
  };
  if (Readable) {
    unsigned FromEnd = Last.size() + 1 - (At.EndColumn - 1);
    std::string Text = cut(linesOf(At.File, At.Line, At.EndLine), At.Column - 1, FromEnd);
    Region["snippet"] = {{"text", Text}};
  }
  return Region;
}

Json SarifPlaces::context(const Place &At) {
  unsigned First = At.Line > ContextLines ? At.Line - ContextLines : 1;
  unsigned Last = std::min(At.EndLine + ContextLines, Texts.lines(At.File));
  return {{"startLine", First},
          {"endLine", Last},
          {"snippet", {{"text", linesOf(At.File, First, Last)}}}};
}

Json SarifPlaces::physical(const Place &At) {
  Place In = clamped(At);
  Json Location = {{"artifactLocation", {{"uri", Uris[At.File]}}}, {"region", region(In)}};
  return Location;
}

Json SarifPlaces::primary(const Place &At) {
  Place In = At;
  if (In.EndLine > In.Line) {
    In.EndLine = In.Line;
    In.EndColumn = Texts.line(In.File, In.Line).rtrim().size() + 1;
  }
  Json Location = physical(In);
  if (Texts.lines(At.File) > 1)
    Location["contextRegion"] = context(clamped(In));
  return Location;
}

std::string SarifPlaces::lineHash(const Place &At) {
  std::vector<std::string> &Known = Hashes[At.File];
  if (Known.empty())
    Known = lineHashes(Texts.text(At.File));
  return Known[std::min<size_t>(At.Line, Known.size()) - 1];
}

} // namespace taskleak
