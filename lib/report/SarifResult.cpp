// Code scanning lists a related location only if the message links to it, so each
// one is linked: where its words stand in the message, or else after it.

#include "report/SarifResult.h"

#include "report/SarifRules.h"
#include "report/Schedule.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using Json = nlohmann::ordered_json;

namespace taskleak {

// GitLab drops a result whose message is longer than 2048 bytes.
constexpr size_t LongestMessage = 2000;

static std::vector<RelatedPlace> otherPlaces(const Finding &F) {
  std::vector<RelatedPlace> Others = F.Related;
  auto Told = [&](const Place &At) {
    return At == F.At || any_of(Others, [&](const RelatedPlace &P) { return P.At == At; });
  };
  for (const ScheduledStep &S : schedule(F))
    if (S.Step->Stuck && !Told(S.Step->At))
      Others.push_back({S.Step->At, S.Task->Task + " waits"});
  erase_if(Others, [](const RelatedPlace &P) { return !P.At.isValid(); });
  return Others;
}

static std::string escapedForLink(StringRef Text) {
  std::string Out;
  for (char C : Text) {
    if (C == '[' || C == ']' || C == '\\')
      Out += '\\';
    Out += C;
  }
  return Out;
}

/// Cuts at a character's start.
static void shorten(std::string &Text, size_t Longest) {
  if (Text.size() <= Longest)
    return;
  size_t End = Longest - 3;
  while (End && (uint8_t(Text[End]) & 0xC0) == 0x80)
    --End;
  Text.resize(End);
  Text += "...";
}

static std::string message(const Finding &F, ArrayRef<RelatedPlace> Others) {
  std::string Text = F.Message;
  shorten(Text, LongestMessage - 1);
  std::string See;
  for (size_t I = 0; I < Others.size(); ++I) {
    const std::string &Words = Others[I].Message;
    std::string Link = "[" + escapedForLink(Words) + "](" + utostr(I + 1) + ")";
    size_t At = Words.empty() ? std::string::npos : Text.find(Words);
    if (Text.size() + See.size() + Link.size() + 16 > LongestMessage)
      break;
    if (At != std::string::npos)
      Text.replace(At, Words.size(), Link);
    else
      See += (See.empty() ? ". See " : ", ") + Link;
  }
  return Text + See + ".";
}

static Json related(ArrayRef<RelatedPlace> Others, SarifPlaces &Places) {
  Json Out = Json::array();
  for (size_t I = 0; I < Others.size(); ++I)
    Out.push_back({{"id", I + 1},
                   {"message", {{"text", Others[I].Message}}},
                   {"physicalLocation", Places.physical(Others[I].At)}});
  return Out;
}

static Json threadFlow(const Finding &F, const Trail &T, SarifPlaces &Places) {
  Json Steps = Json::array();
  for (const TrailStep &S : T.Steps)
    Steps.push_back(
        {{"location",
          {{"message", {{"text", noteText({&T, &S})}}},
           {"physicalLocation", Places.physical(S.At.isValid() ? S.At : F.At)}}},
         {"executionOrder", S.Order},
         {"importance", S.Stuck ? "essential" : "important"}});
  return {{"id", T.Task}, {"message", {{"text", T.Task}}}, {"locations", std::move(Steps)}};
}

static Json codeFlows(const Finding &F, SarifPlaces &Places) {
  Json Flows = Json::array();
  for (const Trail &T : F.Trails)
    if (!T.Steps.empty())
      Flows.push_back(threadFlow(F, T, Places));
  if (Flows.empty())
    return Flows;
  return Json::array({{{"message", {{"text", "the schedule that gets there"}}},
                       {"threadFlows", std::move(Flows)}}});
}

Json sarifResult(const Finding &F, unsigned Rule, const std::string &Fingerprint,
                 SarifPlaces &Places) {
  std::vector<RelatedPlace> Others = otherPlaces(F);
  Json Out = {
      {"ruleId", ruleName(F.Check)},
      {"ruleIndex", Rule},
      {"level", sarifLevel(F.Sure)},
      {"message", {{"text", message(F, Others)}}},
      {"locations", Json::array({{{"physicalLocation", Places.primary(F.At)}}})},
  };
  if (Json Flows = codeFlows(F, Places); !Flows.empty())
    Out["codeFlows"] = std::move(Flows);
  if (!Others.empty())
    Out["relatedLocations"] = related(Others, Places);
  Out["partialFingerprints"] = {{"primaryLocationLineHash", Places.lineHash(F.At)},
                                {"taskleak/v1", Fingerprint}};
  Json Properties = {{"evidence", spelling(F.Sure)},
                     {"assumptions", F.Assumptions},
                     {"function", F.Function}};
  if (!F.Help.empty())
    Properties["help"] = F.Help;
  Out["properties"] = std::move(Properties);
  return Out;
}

} // namespace taskleak
