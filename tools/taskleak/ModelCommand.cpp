// The commands on model files; see ModelCommand.h.

#include "ModelCommand.h"

#include "model/Model.h"
#include "model/Words.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using llvm::ArrayRef;
using llvm::raw_ostream;
using llvm::StringRef;

namespace taskleak {

static const char Usage[] = "usage: taskleak model check FILE...\n"
                            "       taskleak model list [LIBRARY|FILE]\n"
                            "       taskleak model infer [-p FOLDER] FILE... [-- FLAGS]\n";

static std::string counted(size_t N, StringRef Noun) {
  return (llvm::Twine(N) + " " + Noun + (N == 1 ? "" : "s")).str();
}

static int check(ArrayRef<StringRef> Files, raw_ostream &Out, raw_ostream &Err) {
  Model Read;
  bool Failed = false;
  for (StringRef File : Files)
    if (llvm::Error E = Read.addFile(File)) {
      Err << llvm::toString(std::move(E)) << '\n';
      Failed = true;
    }
  if (Failed)
    return 2;
  Out << counted(Files.size(), "file") << " in order: " << counted(Read.allTypes().size(), "type")
      << ", " << counted(Read.allCalls().size(), "call") << '\n';
  return 0;
}

/// "std" of "models/std.yaml", which is how people ask for a library too.
static StringRef stem(StringRef File) {
  return File.substr(File.rfind('/') + 1).split('.').first;
}

static bool isAskedFor(const Model::Source &S, StringRef Library) {
  return Library.empty() || S.Library == Library || S.File == Library ||
         stem(S.File).equals_insensitive(Library) || S.Library == Library.lower();
}

static std::string meaning(const TypeModel &Row) {
  std::string Text = spelling(Row.Shape).str();
  if (Row.Kind != ObjectKind::None)
    Text += " " + spelling(Row.Kind).str();
  return Text;
}

/// The overload that a row is about, as far as it says.
static std::string overload(const CallModel &Row) {
  if (!Row.Params.empty())
    return "(" + llvm::join(Row.Params, ", ") + ")";
  return Row.Args ? "/" + llvm::utostr(*Row.Args) : "";
}

static void printRow(raw_ostream &Out, const llvm::Twine &Name, const llvm::Twine &Meaning,
                     StringRef File, unsigned Line) {
  Out << llvm::format("  %-60s %-24s ", Name.str().c_str(), Meaning.str().c_str()) << File << ':'
      << Line << '\n';
}

static void listSource(const Model::Source &S, const Model &All, raw_ostream &Out) {
  Out << S.Library << '\n';
  for (const TypeModel *Row : All.allTypes())
    if (Row->File == S.File)
      printRow(Out, Row->Name, meaning(*Row), Row->File, Row->Line);
  for (const CallModel *Row : All.allCalls())
    if (Row->File == S.File)
      printRow(Out, Row->Name + overload(*Row), spelling(Row->Role), Row->File, Row->Line);
}

/// \p Which: a library that is shipped, or a file of the user's own; empty: all shipped.
static int list(StringRef Which, raw_ostream &Out, raw_ostream &Err) {
  Model All = Model::withBuiltin();
  if (Which.ends_with(".yaml") || Which.ends_with(".yml"))
    if (!llvm::any_of(All.sources(), [&](const Model::Source &S) { return S.File == Which; }))
      if (llvm::Error E = All.addFile(Which)) {
        Err << llvm::toString(std::move(E)) << '\n';
        return 2;
      }
  bool Found = false;
  std::vector<StringRef> Libraries;
  for (const Model::Source &S : All.sources()) {
    Libraries.push_back(stem(S.File));
    if (!isAskedFor(S, Which))
      continue;
    Found = true;
    listSource(S, All, Out);
  }
  if (Found)
    return 0;
  StringRef Near = nearest(Which, Libraries);
  Err << "taskleak: error: no model of a library '" << Which << "'; "
      << (Near.empty() ? "there are " + llvm::join(Libraries, ", ")
                       : "did you mean '" + Near.str() + "'?")
      << '\n';
  return 2;
}

int modelCommand(ArrayRef<StringRef> Args, raw_ostream &Out, raw_ostream &Err) {
  StringRef Command = Args.empty() ? "" : Args.front();
  if (Command == "check" && Args.size() > 1)
    return check(Args.drop_front(), Out, Err);
  if (Command == "list" && Args.size() <= 2)
    return list(Args.size() == 2 ? Args[1] : "", Out, Err);
  if (Command == "help" || Command == "--help") {
    Out << Usage;
    return 0;
  }
  if (Command != "check" && Command != "list" && !Command.empty())
    Err << "taskleak: error: unknown model command '" << Command << "'\n";
  Err << Usage;
  return 2;
}

} // namespace taskleak
