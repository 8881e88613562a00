// What checks say about functions that no scenario has run: by their form alone.

#include "Analyzed.h"

#include "flow/Obligation.h"

using namespace taskleak;
using testing::ElementsAre;
using testing::IsEmpty;

/// All checks on one unit of which nothing was explored, or all.
static std::vector<std::string> byForm(const char *Text, bool Explored = false) {
  Unit U = parsed(Text);
  UnitFacts Facts{U, {}, {}, {}, std::vector<bool>(U.Functions.size(), Explored), {}};
  for (FunctionId F = 0; F < U.Functions.size(); ++F) {
    llvm::append_range(Facts.Open, openObligations(U, F));
    llvm::append_range(Facts.Ignored, waitsIgnoringCancel(U, F));
  }
  Findings Found;
  for (const Check *C : allChecks())
    C->Run(Facts, Found);
  return told(Found);
}

// if (input < 0) return; ... group.done();
static const char SkippedDone[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "work" params=1 {
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
function @1 "start" params=1 {
  slot %0 "group" kind=counter
  b0:
    %1 = spawn "work" @0, %0 !0:9:3-9
    return
}
)";

TEST(Form, DoneIsSkippedOnAReturn) {
  EXPECT_THAT(byForm(SkippedDone),
              ElementsAre("unfinished-wait-group:4 likely: 'group' is not counted down on the return "
                          "when `input < 0`"));
}

TEST(Form, SilentAboutWhatWasRun) { EXPECT_THAT(byForm(SkippedDone, true), IsEmpty()); }

static const char MadeCancel[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "run" params=2 {
  slot %0 "in" kind=channel
  slot %1 "quick"
  b0:
    %2 = make cancel "stop" !0:2:3-9
    %3 = spawn "reader" @1, %0, %2 !0:3:3-9
    branch "quick" %1 b1 b2 !0:4:3-9
  b1:
    FIRST
    return !0:5:3-9
  b2:
    request %2 !0:6:3-9
    return
}
function @1 "reader" params=2 .called {
  b0:
    %2, %3 = receive %0 cancel=%1 !0:12:3-9
    return
}
)";

static std::string onFirstPath(const char *What) {
  std::string Text = MadeCancel;
  return Text.replace(Text.find("FIRST"), 5, What);
}

TEST(Form, CancelIsNotRequestedOnAPath) {
  EXPECT_THAT(byForm(onFirstPath("yield").c_str()),
              ElementsAre(testing::StartsWith("lost-cancel:2 likely: the stop of 'stop' is not "
                                              "requested ")));
}

TEST(Form, CancelIsRequestedOnAllPaths) {
  EXPECT_THAT(byForm(onFirstPath("request %2").c_str()), IsEmpty());
}

TEST(Form, EventIsNotFulfilledOnAPath) {
  EXPECT_THAT(byForm(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "answer" params=2 {
  slot %0 "reply" kind=event
  slot %1 "known"
  b0:
    branch %1 b1 b2 !0:2:3-9
  b1:
    fulfil %0, 1 !0:3:3-9
    return
  b2:
    return !0:5:3-9
}
function @1 "start" params=2 {
  slot %0 "reply" kind=event
  b0:
    %2 = spawn "answer" @0, %0, %1 !0:9:3-9
    return
}
)"),
              ElementsAre(testing::StartsWith("unwoken-wait:3 likely: 'reply' is not fulfilled ")));
}

TEST(Form, SendThatIgnoresTheCancelAtHand) {
  EXPECT_THAT(byForm(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "publish" params=2 {
  slot %0 "out" kind=channel
  slot %1 "stop" kind=cancel
  b0:
    send %0, 1 !0:3:3-9
    send %0, 1 cancel=%1 !0:4:3-9
    send.timed %0, 1 !0:5:3-9
    return
}
)"),
              ElementsAre("blocking-send:3 possible: send to 'out' has no way out, though the cancel "
                          "'stop' is at hand"));
}
