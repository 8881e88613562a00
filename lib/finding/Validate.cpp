// What every check must bring.

#include "finding/Validate.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <map>
#include <string>

namespace taskleak {

llvm::ArrayRef<llvm::StringRef> pageHeadings() {
  static constexpr llvm::StringRef Headings[] = {
      "## What it finds", "## Why it matters", "## Flagged", "## Fine",
      "## How to fix",    "## Options",        "## Limits"};
  return Headings;
}

static bool isKebabCase(llvm::StringRef Id) {
  auto IsPlain = [](char C) { return llvm::isLower(C) || llvm::isDigit(C) || C == '-'; };
  return !Id.empty() && llvm::isLower(Id.front()) && Id.back() != '-' && llvm::all_of(Id, IsPlain);
}

static void validatePage(llvm::StringRef Id, llvm::StringRef Page, std::string &Problems) {
  if (Page.trim().empty()) {
    Problems += ("check '" + Id + "' has no page: write checks/" + Id + "/doc.md\n").str();
    return;
  }
  size_t From = 0;
  for (llvm::StringRef Heading : pageHeadings()) {
    size_t Found = Page.find(("\n" + Heading + "\n").str(), From);
    if (Found == llvm::StringRef::npos)
      Problems += ("checks/" + Id + "/doc.md: no heading '" + Heading + "' in its place\n").str();
    else
      From = Found + 1;
  }
}

llvm::Error validate(llvm::ArrayRef<const Check *> Checks,
                     llvm::function_ref<llvm::StringRef(const Check &)> Page) {
  std::string Problems;
  std::map<llvm::StringRef, unsigned> Ids;
  std::map<Fault, llvm::StringRef> Judges;
  for (const Check *C : Checks) {
    if (!isKebabCase(C->Id))
      Problems += ("check '" + C->Id + "': an id is lower case words with '-' between\n").str();
    if (Ids[C->Id]++)
      Problems += ("check '" + C->Id + "' is there twice\n").str();
    if (C->Summary.empty())
      Problems += ("check '" + C->Id + "' has no summary\n").str();
    if (!C->Run)
      Problems += ("check '" + C->Id + "' has nothing to run\n").str();
    auto [Other, IsNew] = Judges.insert({C->Judges, C->Id});
    if (C->Judges != Fault::None && !IsNew)
      Problems += ("checks '" + Other->second + "' and '" + C->Id + "' judge the same fault\n").str();
    validatePage(C->Id, Page(*C), Problems);
  }
  if (Problems.empty())
    return llvm::Error::success();
  return llvm::createStringError(llvm::StringRef(Problems).rtrim());
}

} // namespace taskleak
