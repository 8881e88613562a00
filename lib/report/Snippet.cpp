// Tabs become spaces and wide characters count as they show, so that the caret
// stands under what it means.

#include "report/Snippet.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/Unicode.h"

#include <algorithm>

using namespace llvm;

namespace taskleak {

constexpr unsigned TabStop = 8;

/// The text as shown.
static std::string expanded(StringRef Text) {
  std::string Out;
  unsigned Shown = 0;
  while (!Text.empty()) {
    auto [Piece, Rest] = Text.split('\t');
    Out += Piece;
    Shown += std::max(0, sys::unicode::columnWidthUTF8(Piece));
    if (Piece.size() == Text.size())
      break;
    unsigned Pad = TabStop - Shown % TabStop;
    Out.append(Pad, ' ');
    Shown += Pad;
    Text = Rest;
  }
  return Out;
}

/// How many columns the first \p Bytes of \p Line take.
static unsigned shownWidth(StringRef Line, size_t Bytes) {
  std::string Shown = expanded(Line.take_front(Bytes));
  int Width = sys::unicode::columnWidthUTF8(Shown);
  return Width < 0 ? Shown.size() : Width;
}

void printSnippet(Sources &Texts, const Place &At, bool Color, raw_ostream &OS) {
  StringRef Line = Texts.line(At.File, At.Line);
  if (Line.trim().empty())
    return;
  size_t Begin = At.Column ? At.Column - 1 : 0;
  size_t End = At.EndLine == At.Line ? At.EndColumn - 1 : Line.rtrim().size();
  unsigned From = shownWidth(Line, Begin);
  unsigned To = std::max(From + 1, shownWidth(Line, End));

  OS << format("%5u | ", At.Line) << expanded(Line.rtrim()) << '\n';
  OS << "      | " << std::string(From, ' ');
  if (Color)
    OS.changeColor(raw_ostream::GREEN, /*Bold=*/true);
  OS << '^' << std::string(To - From - 1, '~');
  if (Color)
    OS.resetColor();
  OS << '\n';
}

} // namespace taskleak
