// Writes the file into a folder of its own.

#include "Sample.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace taskleak {

Sample::Sample(StringRef Text, StringRef Name) {
  SmallString<128> Path;
  if (sys::fs::createUniqueDirectory("taskleak-report", Path))
    report_fatal_error("no temporary folder");
  Folder = Path.str().str();
  sys::path::append(Path, Name);
  std::error_code Code;
  raw_fd_ostream(Path, Code) << Text;
  R.Files = {Path.str().str()};
  R.Units = 1;
}

Sample::~Sample() { sys::fs::remove_directories(Folder); }

Place Sample::at(unsigned Line, unsigned Column, unsigned EndColumn) const {
  return {0, Line, Column, Line, EndColumn};
}

Finding &Sample::add(unsigned Line, unsigned Column, unsigned EndColumn) {
  Finding F;
  F.Check = "blocking-send";
  F.At = at(Line, Column, EndColumn);
  F.Message = "the send to 'orders' can block for ever";
  F.Function = "shop::place";
  return R.Found.emplace_back(std::move(F));
}

ArrayRef<Rule> sampleRules() {
  static const Check Send = {
      .Id = "blocking-send", .Summary = "a send that can block for ever", .Since = "0.1"};
  static const Check Cancel = {.Id = "lost-cancel",
                               .Summary = "a cancel handle that nobody pulls",
                               .Least = Evidence::Possible,
                               .Since = "0.1"};
  static const Rule Rules[] = {
      {&Send, "# blocking-send\n\nA send with no `receiver`, ever: see\nCWE-833 and CWE-400.\n\n"
              "## Flagged\n\n```cpp\nch.send(1); // #1\n```\n\nAlso CWE-833.\n"},
      {&Cancel, "# lost-cancel\n\nA handle is dropped.\n"}};
  return Rules;
}

} // namespace taskleak
