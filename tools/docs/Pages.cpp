// Makes docs/checks/ and the README's table from allChecks() and page().

#include "Pages.h"

#include "finding/Check.h"
#include "finding/Validate.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace taskleak {

static constexpr StringRef TableBegin = "<!-- checks -->";
static constexpr StringRef TableEnd = "<!-- /checks -->";

static std::string checkPage(const Check &C) {
  StringRef Text = page(C);
  std::string Facts = ("\nReported from `" + Twine(spelling(C.Least)) +
                       "` up. In SARIF and on the command line `" + C.Id +
                       "`, in clang-tidy `taskleak-" + C.Id + "`. Since " + C.Since + ".\n")
                          .str();
  return ("<!-- Made from checks/" + C.Id + "/doc.md by taskleak-docs: edit that file. -->\n\n" +
          Text.rtrim() + "\n\n---\n" + Facts)
      .str();
}

static std::string indexPage() {
  std::string Out = "<!-- Made from the folders of checks/ by taskleak-docs. -->\n\n# Checks\n\n"
                    "| check | finds | reported from | since |\n|---|---|---|---|\n";
  for (const Check *C : allChecks())
    Out += ("| [`" + C->Id + "`](" + C->Id + ".md) | " + C->Summary + " | `" +
            spelling(C->Least) + "` | " + C->Since + " |\n")
               .str();
  return Out + "\nWhat the words of evidence mean is in the [glossary](../glossary.md).\n";
}

static std::string readmeTable() {
  std::string Out = "\n\n| check | finds |\n|---|---|\n";
  for (const Check *C : allChecks())
    Out += ("| [`" + C->Id + "`](docs/checks/" + C->Id + ".md) | " + C->Summary + " |\n").str();
  return Out + "\n";
}

/// The README with the table of today between its two marks.
static Expected<std::string> readme(StringRef Root) {
  std::string Path = (Root + "/README.md").str();
  ErrorOr<std::unique_ptr<MemoryBuffer>> Buffer = MemoryBuffer::getFile(Path);
  if (!Buffer)
    return createStringError(Path + ": " + Buffer.getError().message());
  auto [Before, Rest] = (*Buffer)->getBuffer().split(TableBegin);
  auto [Old, After] = Rest.split(TableEnd);
  if (Rest.empty() || Old.size() == Rest.size())
    return createStringError(Path + ": no " + TableBegin + " ... " + TableEnd +
                             " for the table of checks: add the two marks");
  return (Before + TableBegin + readmeTable() + TableEnd + After).str();
}

Expected<std::vector<GeneratedPage>> generatedPages(StringRef Root) {
  if (Error E = validate(allChecks(), page))
    return std::move(E);
  std::vector<GeneratedPage> Out;
  for (const Check *C : allChecks())
    Out.push_back({("docs/checks/" + C->Id + ".md").str(), checkPage(*C)});
  Out.push_back({"docs/checks/README.md", indexPage()});
  Expected<std::string> Readme = readme(Root);
  if (!Readme)
    return Readme.takeError();
  Out.push_back({"README.md", std::move(*Readme)});
  return Out;
}

} // namespace taskleak
