// Reads the little of Markdown that pages use: headings, fences, code quotes.

#include "report/Page.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace taskleak {

static bool startsParagraph(StringRef Line) {
  return !Line.empty() && !StringRef("#`|<-*>").contains(Line.front());
}

std::string firstParagraph(StringRef Page) {
  std::string Text;
  SmallVector<StringRef> Lines;
  Page.split(Lines, '\n');
  bool Fenced = false;
  for (StringRef Line : Lines) {
    if (Line.starts_with("```"))
      Fenced = !Fenced;
    bool Inside = !Text.empty();
    if (Inside && (Line.trim().empty() || Line.starts_with("#") || Line.starts_with("```")))
      break;
    if (!Fenced && (Inside || startsParagraph(Line) || (Line.starts_with("`") && Line != "```")))
      Text += (Inside ? " " : "") + Line.trim().str();
  }
  return Text;
}

std::string plainText(StringRef Page) {
  std::string Text;
  SmallVector<StringRef> Lines;
  Page.split(Lines, '\n');
  bool Fenced = false;
  for (StringRef Line : Lines) {
    if (Line.starts_with("```")) {
      Fenced = !Fenced;
      continue;
    }
    std::string Plain = Fenced ? "    " + Line.str() : Line.ltrim("# ").str();
    if (!Fenced)
      llvm::erase(Plain, '`');
    Text += StringRef(Plain).rtrim().str() + "\n";
  }
  return StringRef(Text).trim().str();
}

std::vector<std::string> weaknesses(StringRef Page) {
  std::vector<std::string> Out;
  for (size_t At = Page.find("CWE-"); At != StringRef::npos; At = Page.find("CWE-", At + 1)) {
    StringRef Number = Page.drop_front(At + 4).take_while(isDigit);
    std::string Tag = ("cwe-" + Number).str();
    if (!Number.empty() && !is_contained(Out, Tag))
      Out.push_back(Tag);
  }
  return Out;
}

std::string pageAddress(StringRef Home, StringRef Id) {
  return (Home + "/blob/main/docs/checks/" + Id + ".md").str();
}

} // namespace taskleak
