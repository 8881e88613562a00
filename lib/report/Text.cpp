// The compiler's look: place, kind, message, source line, notes.

#include "report/Text.h"

#include "report/Paths.h"
#include "report/Schedule.h"
#include "report/Snippet.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace taskleak {
namespace {

class Printer {
public:
  Printer(const Report &R, Sources &Texts, const TextOptions &Options, raw_ostream &OS)
      : R(R), Texts(Texts), Options(Options), OS(OS) {}

  void finding(const Finding &F) {
    line(F.At, "warning", raw_ostream::MAGENTA, F.Message + " [" + ruleName(F.Check) + "]",
         /*Bold=*/true);
    for (const ScheduledStep &S : schedule(F))
      line(S.Step->At, "note", raw_ostream::CYAN, noteText(S), /*Bold=*/S.Step->Stuck);
    for (const RelatedPlace &P : F.Related)
      line(P.At, "note", raw_ostream::CYAN, P.Message, /*Bold=*/false);
    std::string Assuming = assumptionText(F);
    tail("evidence", spelling(F.Sure) + (Assuming.empty() ? "" : ", " + Assuming));
    if (!F.Help.empty())
      tail("help", F.Help);
  }

private:
  void line(const Place &At, StringRef Kind, raw_ostream::Colors Color, const std::string &Message,
            bool Bold) {
    std::string Where;
    if (At.isValid())
      Where = displayPath(R.Files[At.File], Options.Base) + ":" + utostr(At.Line) + ":" +
              utostr(At.Column) + ": ";
    colored(Where, raw_ostream::SAVEDCOLOR, true);
    colored(Kind.str() + ": ", Color, true);
    colored(Message, raw_ostream::SAVEDCOLOR, Bold);
    OS << '\n';
    if (At.isValid())
      printSnippet(Texts, At, Options.Color, OS);
  }

  void tail(const char *Word, const std::string &Text) {
    OS << "  ";
    colored(std::string(Word) + ":", raw_ostream::SAVEDCOLOR, true);
    OS << ' ' << Text << '\n';
  }

  void colored(const std::string &Text, raw_ostream::Colors Color, bool Bold) {
    if (Options.Color && (Bold || Color != raw_ostream::SAVEDCOLOR))
      OS.changeColor(Color, Bold);
    OS << Text;
    if (Options.Color)
      OS.resetColor();
  }

  const Report &R;
  Sources &Texts;
  const TextOptions &Options;
  raw_ostream &OS;
};

} // namespace

static std::string counted(size_t N, const char *Word) {
  return utostr(N) + " " + Word + (N == 1 ? "" : "s");
}

void printText(const Report &R, Sources &Texts, const TextOptions &Options, raw_ostream &OS) {
  OS.enable_colors(Options.Color);
  Printer P(R, Texts, Options, OS);
  for (const Finding &F : R.Found)
    P.finding(F);
}

void printFailures(const Report &R, const TextOptions &Options, raw_ostream &OS) {
  for (const FailedUnit &U : R.Failed)
    OS << displayPath(U.File, Options.Base) << ": error: "
       << failureText(U, Options.Base, /*WithPlace=*/true) << '\n';
}

std::string summary(const Report &R) {
  std::string Kinds;
  for (Evidence E : {Evidence::Proven, Evidence::Likely, Evidence::Possible}) {
    size_t N = count_if(R.Found, [&](const Finding &F) { return F.Sure == E; });
    if (N)
      Kinds += (Kinds.empty() ? "" : ", ") + utostr(N) + " " + spelling(E);
  }
  std::string Text = R.Found.empty() ? "no findings"
                                     : counted(R.Found.size(), "finding") + " (" + Kinds + ")";
  Text += " in " + counted(R.Units, "unit");
  if (!R.Failed.empty())
    Text += ", " + utostr(R.Failed.size()) + " of which could not be analysed";
  return Text;
}

} // namespace taskleak
