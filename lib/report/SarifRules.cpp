// Everything here is taken from the check's value and page.

#include "report/SarifRules.h"

#include "report/Page.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>

using namespace llvm;
using Json = nlohmann::ordered_json;

namespace taskleak {

// GitHub refuses descriptions over 1024 and shows ten tags.
constexpr size_t LongestDescription = 1024;
constexpr size_t MostTags = 10;

const char *sarifLevel(Evidence E) {
  switch (E) {
  case Evidence::Possible:
    return "note";
  case Evidence::Likely:
    return "warning";
  case Evidence::Proven:
    return "error";
  }
  return "none";
}

static const char *precision(Evidence Least) {
  switch (Least) {
  case Evidence::Possible:
    return "medium";
  case Evidence::Likely:
    return "high";
  case Evidence::Proven:
    return "very-high";
  }
  return "low";
}

/// What a finding of the rule usually is; some services show this for all of them.
static const char *ruleLevel(Evidence Least) {
  return sarifLevel(std::max(Least, Evidence::Likely));
}

static std::string pascalCase(StringRef Id) {
  std::string Name;
  SmallVector<StringRef> Words;
  Id.split(Words, '-');
  for (StringRef Word : Words)
    Name += toUpper(Word.front()) + Word.drop_front().str();
  return Name;
}

static std::string sentence(StringRef Text) {
  if (Text.empty())
    return "";
  std::string Out = toUpper(Text.front()) + Text.drop_front().rtrim('.').str();
  if (Out.size() > LongestDescription - 4) {
    Out.resize(StringRef(Out).rfind(' ', LongestDescription - 4));
    return Out + " ...";
  }
  return Out + ".";
}

static Json tags(StringRef Page) {
  Json Tags = {"concurrency", "reliability"};
  for (const std::string &Weakness : weaknesses(Page))
    if (Tags.size() < MostTags)
      Tags.push_back("external/cwe/" + Weakness);
  return Tags;
}

static Json rule(const Rule &R, StringRef Home) {
  const Check &C = *R.Value;
  std::string Paragraph = firstParagraph(R.Page);
  Json Out = {
      {"id", ruleName(C.Id)},
      {"name", pascalCase(C.Id)},
      {"shortDescription", {{"text", sentence(C.Summary)}}},
      {"fullDescription", {{"text", sentence(Paragraph.empty() ? C.Summary : StringRef(Paragraph))}}},
      {"help", {{"text", plainText(R.Page)}, {"markdown", R.Page.str()}}},
  };
  if (!Home.empty())
    Out["helpUri"] = pageAddress(Home, C.Id);
  Out["defaultConfiguration"] = {{"level", ruleLevel(C.Least)}};
  Out["properties"] = {{"precision", precision(C.Least)},
                       {"problem.severity", ruleLevel(C.Least)},
                       {"tags", tags(R.Page)}};
  return Out;
}

Json sarifRules(ArrayRef<Rule> Rules, StringRef Home) {
  Json Out = Json::array();
  for (const Rule &R : Rules)
    Out.push_back(rule(R, Home));
  return Out;
}

} // namespace taskleak
