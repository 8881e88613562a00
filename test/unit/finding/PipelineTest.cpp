// What an analysis reports of what its checks find: the options, the order, the
// budget.

#include "Analyzed.h"

using namespace taskleak;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

// A proven send, a likely count, and a count that takes three assumptions.
static const char Several[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "three" params=3 {
  b0:
    %3 = make counter 1 "third" !0:2:3-9
    branch "a" %0 b1 b4
  b1:
    branch "b" %1 b2 b4
  b2:
    branch "c" %2 b3 b4
  b3:
    await %3 !0:3:3-9
    return
  b4:
    return
}
function @1 "one" params=1 {
  b0:
    %1 = make counter 1 "second" !0:12:3-9
    branch "a" %0 b1 b2
  b1:
    await %1 !0:13:3-9
    return
  b2:
    return
}
function @2 "none" params=0 {
  b0:
    %0 = make channel 0 "first" !0:22:3-9
    send %0, 1 !0:23:3-9
    return
}
)";

TEST(Pipeline, SortsByPlaceAndHidesWhatNobodyCanCheck) {
  EXPECT_THAT(told(Several), ElementsAre(StartsWith("unfinished-wait-group:13 likely"),
                                         StartsWith("blocking-send:23 proven")));
}

TEST(Pipeline, ShowsMoreOnDemand) {
  AnalysisOptions Options;
  Options.Least = Evidence::Possible;
  EXPECT_THAT(told(analyzed(Several, Options)),
              ElementsAre(StartsWith("unfinished-wait-group:3 possible"),
                          StartsWith("unfinished-wait-group:13 likely"),
                          StartsWith("blocking-send:23 proven")));
}

TEST(Pipeline, ShowsLessOnDemand) {
  AnalysisOptions Options;
  Options.Least = Evidence::Proven;
  EXPECT_THAT(told(analyzed(Several, Options)), ElementsAre(StartsWith("blocking-send:23 proven")));
}

TEST(Pipeline, RunsTheChosenChecks) {
  AnalysisOptions Options;
  Options.Checks = {"unfinished-wait-group"};
  EXPECT_THAT(told(analyzed(Several, Options)), ElementsAre(StartsWith("unfinished-wait-group:13")));
}

TEST(Pipeline, TellsWhatIsOverTheBudget) {
  AnalysisOptions Options;
  Options.Limits.States = 0;
  UnitResult Result = analyzeSkeletons(parsed(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "start" params=0 !0:1:6-11 {
  b0:
    %0 = make channel 0 "c"
    %1 = spawn "send" @1, %0
    %2 = spawn "send" @1, %0
    join %1
    return
}
function @1 "send" params=1 .called {
  b0:
    yield
    send %0, 1
    return
}
)"),
                                       Options);
  EXPECT_THAT(Result.Found, IsEmpty());
  EXPECT_EQ(Result.Stats.OverBudget, 1u);
  ASSERT_EQ(Result.Silences.size(), 1u);
  EXPECT_EQ(Result.Silences[0].At.Line, 1u);
  EXPECT_EQ(Result.Silences[0].Text, "'start' is judged in part: it is over the budget of states");
}

// The same wait, reached from two scenarios, is told once.
TEST(Pipeline, OnePlaceIsToldOnce) {
  EXPECT_THAT(told(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "first" params=0 {
  b0:
    %0 = make channel 0 "left"
    call @2 %0
    return
}
function @1 "second" params=1 {
  b0:
    %1 = make channel 0 "right"
    branch "a" %0 b1 b2
  b1:
    call @2 %1
    return
  b2:
    return
}
function @2 "put" params=1 .called {
  b0:
    send %0, 1 !0:9:3-9
    return
}
)"),
              ElementsAre("blocking-send:9 proven: send to 'left' can block for ever: nobody receives "
                          "from it"));
}

TEST(Pipeline, JudgesWhatIsLeftOfAScenarioOverABound) {
  // One path spawns without end; the other is seen to its end.
  UnitResult Result = analyzeSkeletons(parsed(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "serve" params=1 {
  b0:
    %1 = make channel 0 "orders" !0:2:3-9
    branch "busy" %0 b1 b2
  b1:
    %2 = spawn @1
    jump b1
  b2:
    send %1, 1 !0:3:3-9
    return
}
function @1 "idle" params=0 {
  b0:
    outside "world"
    return
}
)"),
                                       {});
  EXPECT_THAT(told(Result.Found), ElementsAre(StartsWith("blocking-send:3 likely")));
  ASSERT_EQ(Result.Silences.size(), 1u);
  EXPECT_EQ(Result.Silences[0].Text,
            "'serve' is judged in part: it is over the budget of tasks");
}

// Its count is skipped on a return, as far as one sees who does not run `serve`.
static const char Served[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "work" params=1 .called {
  slot %0 "group" kind=counter
  b0:
    %1 = opaque "input < 0" !0:2:7-17
    branch "input < 0" %1 b1 b2 !0:2:3-9
  b1:
    return !0:3:5-9
  b2:
    count %0, -1 !0:4:3-9
    return
}
function @1 "serve" params=1 {
  b0:
    %1 = make channel 1 "orders"
    send %1, 1 !0:12:3-9
    %2 = spawn "work" @0, %0 !0:9:3-9
    join %2
    return
}
function @2 "none" params=0 {
  b0:
    %0 = make channel 0 "first" !0:22:3-9
    send %0, 1 !0:23:3-9
    return
}
)";

TEST(Pipeline, PastTheUnitsBudgetNothingIsClaimed) {
  AnalysisOptions Options;
  EXPECT_THAT(told(analyzed(Served, Options)), ElementsAre(StartsWith("blocking-send:23 proven")));
  Options.UnitStates = 0;
  UnitResult Result = analyzeSkeletons(parsed(Served), Options);
  EXPECT_THAT(told(Result.Found), IsEmpty());
  EXPECT_EQ(Result.Stats.OverBudget, 2u);
}

TEST(Pipeline, ScenariosShareTheUnitsBudget) {
  AnalysisOptions Options;
  unsigned All = analyzeSkeletons(parsed(Several), Options).Stats.States;
  std::vector<std::string> Before;
  for (unsigned States = 1; States < 8 * All; ++States) {
    Options.UnitStates = States;
    std::vector<std::string> Now = told(analyzeSkeletons(parsed(Several), Options).Found);
    EXPECT_GE(Now.size(), Before.size()) << "with " << States << " states";
    Before = Now;
  }
  EXPECT_EQ(Before, told(Several));
}

TEST(Pipeline, WhatStandsNowhereIsNotTold) {
  static const char Ends[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "~std::variant<Done>" params=2 {
  slot %0 "this" kind=event
  b0:
    branch "it is set" %1 b1 b2
  b1:
    break %0
    return
  b2:
    return
}
function @1 "start" params=2 {
  slot %0 "reply" kind=event
  b0:
    %2 = spawn "answer" @0, %0, %1 !0:9:3-9
    return
}
)";
  EXPECT_THAT(told(Ends), IsEmpty());
}

/// A program whose main gets stuck in what it calls, which may ask for an argument.
static std::string served(bool AsksForOne, const std::string &Linkage = "",
                          const std::string &End = "return") {
  std::string Params = AsksForOne ? "1" : "0", Argument = AsksForOne ? " 1" : "";
  return R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "serve" params=)" + Params + Linkage + R"( .called {
  b0:
    %7 = make channel 0 "first" !0:22:3-9
    send %7, 1 !0:23:3-9
    return
}
function @1 "main" params=0 .main {
  b0:
    call @0)" + Argument + R"( !0:30:3-9
    )" + End + R"(
}
)";
}

TEST(Pipeline, WhatMainHasRunIsNotRunByItself) {
  std::string Main = served(/*AsksForOne=*/false);
  UnitResult Result = analyzeSkeletons(parsed(Main.c_str()), AnalysisOptions());
  EXPECT_EQ(Result.Stats.Scenarios, 1u);
  EXPECT_THAT(told(Result.Found), ElementsAre(StartsWith("blocking-send:23 proven")));
}

static unsigned scenariosOf(const std::string &Text) {
  return analyzeSkeletons(parsed(Text.c_str()), AnalysisOptions()).Stats.Scenarios;
}

TEST(Pipeline, WhatNobodyElseCallsIsNotRunByItself) {
  EXPECT_EQ(scenariosOf(served(/*AsksForOne=*/true, " .internal")), 1u);
  EXPECT_EQ(scenariosOf(served(/*AsksForOne=*/true)), 2u);
}

TEST(Pipeline, WhatAnExitMayHideIsRunByItself) {
  EXPECT_EQ(scenariosOf(served(/*AsksForOne=*/true, " .internal", "exit")), 2u);
}

TEST(Pipeline, InAHurryWhatAFindingHasRunIsNotRunByItself) {
  AnalysisOptions Options;
  std::string Main = served(/*AsksForOne=*/true);
  EXPECT_EQ(analyzeSkeletons(parsed(Main.c_str()), Options).Stats.Scenarios, 2u);
  Options.hurry();
  UnitResult Result = analyzeSkeletons(parsed(Main.c_str()), Options);
  EXPECT_EQ(Result.Stats.Scenarios, 1u);
  EXPECT_THAT(told(Result.Found), ElementsAre(StartsWith("blocking-send:23 proven")));
}
