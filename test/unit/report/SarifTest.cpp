// SARIF beyond the schema: what the readers of it need.

#include "Sample.h"

#include "report/Sarif.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

using namespace llvm;
using namespace taskleak;
using Json = nlohmann::json;

static std::string text(Sample &S, StringRef Root) {
  std::string Out;
  raw_string_ostream OS(Out);
  Sources Texts(S.R.Files);
  writeSarif(S.R, sampleRules(), Texts, {Root.str(), "0.1.0", "https://example.org/taskleak"}, OS);
  return Out;
}

static Json run(Sample &S) { return Json::parse(text(S, S.Folder))["runs"][0]; }
static Json result(Sample &S) { return run(S)["results"][0]; }

TEST(Sarif, EmptyRunStillHasResults) {
  Sample S("");
  EXPECT_TRUE(run(S)["results"].is_array());
  EXPECT_TRUE(run(S)["results"].empty());
  EXPECT_EQ(run(S)["invocations"][0]["executionSuccessful"], true);
}

TEST(Sarif, LevelFollowsEvidence) {
  Sample S("x\ny\nz\n");
  S.add(1, 1, 2).Sure = Evidence::Proven;
  S.add(2, 1, 2);
  Finding &Possible = S.add(3, 1, 2);
  Possible.Sure = Evidence::Possible;
  Possible.Check = "lost-cancel";
  Json Results = run(S)["results"];
  EXPECT_EQ(Results[0]["level"], "error");
  EXPECT_EQ(Results[1]["level"], "warning");
  EXPECT_EQ(Results[2]["level"], "note");
  EXPECT_EQ(Results[2]["ruleId"], "taskleak-lost-cancel");
  EXPECT_EQ(Results[2]["ruleIndex"], 1);
}

TEST(Sarif, RegionCountsUtf16AndCarriesItsText) {
  Sample S("before\n\xC3\xA9; q.send(1);\nafter\n");
  S.add(2, 5, 14);
  Json Where = result(S)["locations"][0]["physicalLocation"];
  EXPECT_EQ(Where["artifactLocation"]["uri"], "order.cpp");
  EXPECT_EQ(Where["region"], Json::parse(R"json({"startLine": 2, "startColumn": 4, "endLine": 2,
                                                 "endColumn": 13, "snippet": {"text": "q.send(1)"}})json"));
  EXPECT_EQ(Where["contextRegion"]["startLine"], 1);
  EXPECT_EQ(Where["contextRegion"]["endLine"], 3);
}

TEST(Sarif, PrimaryRegionIsOneLine) {
  Sample S("spawn([] {\n  work();\n});\n");
  Finding &F = S.add(1, 1, 3);
  F.At.EndLine = 3;
  F.Trails = {{"main task", {{F.At, "starts a task", 1, false}}}};
  Json Region = result(S)["locations"][0]["physicalLocation"]["region"];
  EXPECT_EQ(Region["endLine"], 1);
  EXPECT_EQ(Region["endColumn"], 11);
  Json Step = result(S)["codeFlows"][0]["threadFlows"][0]["locations"][0];
  EXPECT_EQ(Step["location"]["physicalLocation"]["region"]["endLine"], 3);
}

TEST(Sarif, OneThreadFlowATaskInScheduleOrder) {
  Sample S("a\nb\nc\n");
  Finding &F = S.add(1, 1, 2);
  F.Trails = {{"main task", {{F.At, "starts 'w'", 1, false}, {F.At, "joins 'w'", 3, true}}},
              {"task 'w'", {{S.at(2, 1, 2), "waits", 2, true}}},
              {"task 'idle'", {}}};
  Json Flows = result(S)["codeFlows"];
  ASSERT_EQ(Flows.size(), 1u);
  Json Threads = Flows[0]["threadFlows"];
  ASSERT_EQ(Threads.size(), 2u);
  EXPECT_EQ(Threads[0]["id"], "main task");
  EXPECT_EQ(Threads[0]["locations"][1]["executionOrder"], 3);
  EXPECT_EQ(Threads[1]["locations"][0]["executionOrder"], 2);
  EXPECT_EQ(Threads[1]["locations"][0]["importance"], "essential");
  EXPECT_EQ(Threads[1]["locations"][0]["location"]["message"]["text"], "(2) task 'w': waits");
}

TEST(Sarif, EveryRelatedPlaceIsLinked) {
  Sample S("a\nb\nc\n");
  Finding &F = S.add(1, 1, 2);
  F.Message = "waits for [q] while its receiver is stuck";
  F.Related = {{S.at(2, 1, 2), "its receiver"}, {S.at(3, 1, 2), "'q[0]' is made here"}};
  Json R = result(S);
  EXPECT_EQ(R["message"]["text"], "waits for [q] while [its receiver](1) is stuck. "
                                  "See ['q\\[0\\]' is made here](2).");
  EXPECT_EQ(R["relatedLocations"][1]["id"], 2);
}

TEST(Sarif, LinksToTheOtherStuckTasks) {
  Sample S("a\nb\n");
  Finding &F = S.add(1, 1, 2);
  F.Trails = {{"main task", {{F.At, "sends", 1, true}}},
              {"task 'w'", {{S.at(2, 1, 2), "waits", 2, true}}}};
  Json R = result(S);
  EXPECT_EQ(R["message"]["text"], F.Message + ". See [task 'w' waits](1).");
  ASSERT_EQ(R["relatedLocations"].size(), 1u);
}

TEST(Sarif, LongMessageIsCutBetweenCharacters) {
  Sample S("a\n");
  Finding &F = S.add(1, 1, 2);
  F.Message.clear();
  while (F.Message.size() < 3000)
    F.Message += "\xC3\xA9";
  std::string Text = result(S)["message"]["text"];
  EXPECT_LE(Text.size(), 2000u);
  EXPECT_TRUE(StringRef(Text).ends_with("\xC3\xA9....")) << Text.substr(Text.size() - 8);
}

TEST(Sarif, EvidenceAndAssumptionsAreProperties) {
  Sample S("a\n");
  Finding &F = S.add(1, 1, 2);
  F.Assumptions = {"`err` is true"};
  Json P = result(S)["properties"];
  EXPECT_EQ(P["evidence"], "likely");
  EXPECT_EQ(P["assumptions"], Json::array({"`err` is true"}));
  EXPECT_EQ(P["function"], "shop::place");
}

TEST(Sarif, RulesComeFromThePages) {
  Sample S("");
  Json Rules = run(S)["tool"]["driver"]["rules"];
  EXPECT_EQ(Rules[0]["id"], "taskleak-blocking-send");
  EXPECT_EQ(Rules[0]["name"], "BlockingSend");
  EXPECT_EQ(Rules[0]["shortDescription"]["text"], "A send that can block for ever.");
  EXPECT_EQ(Rules[0]["properties"]["precision"], "high");
  EXPECT_EQ(Rules[0]["properties"]["tags"][2], "external/cwe/cwe-833");
  EXPECT_EQ(Rules[0]["helpUri"],
            "https://example.org/taskleak/blob/main/docs/checks/blocking-send.md");
  EXPECT_EQ(Rules[1]["defaultConfiguration"]["level"], "warning");
  EXPECT_EQ(Rules[1]["properties"]["problem.severity"], "warning");
  EXPECT_EQ(Rules[1]["properties"]["precision"], "medium");
}

TEST(Sarif, FailedUnitIsANotification) {
  Sample S("");
  S.R.Failed.push_back({S.Folder + "/a.cpp", "does not compile", "no 'x'", S.Folder + "/b.h", 3, 5, 1});
  Json Invocation = run(S)["invocations"][0];
  EXPECT_EQ(Invocation["executionSuccessful"], true);
  Json Note = Invocation["toolExecutionNotifications"][0];
  EXPECT_EQ(Note["message"]["text"], "does not compile: no 'x'; 1 error.");
  EXPECT_EQ(Note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "b.h");
}

TEST(Sarif, PlacesOutsideTheFileAreHeldInside) {
  Sample S("ab\n");
  S.add(1, 9, 40);
  S.add(5, 1, 2);
  Json Results = run(S)["results"];
  EXPECT_EQ(Results[0]["locations"][0]["physicalLocation"]["region"]["endColumn"], 3);
  EXPECT_EQ(Results[1]["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
}

TEST(Sarif, NamesNoFolderOfTheMachine) {
  Sample S("ab\n");
  S.add(1, 1, 2);
  S.R.Failed.push_back({S.Folder + "/a.cpp", "does not compile", "no '" + S.Folder + "/x'", "", 0, 0, 1});
  EXPECT_EQ(text(S, S.Folder).find(S.Folder), std::string::npos);
}

TEST(Sarif, SourcesInOtherEncodingsStillGiveJson) {
  Sample S("f(\"\xE9\");\n");
  S.add(1, 1, 8);
  EXPECT_TRUE(Json::accept(text(S, S.Folder)));
}
