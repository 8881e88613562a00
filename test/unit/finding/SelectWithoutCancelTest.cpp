// select-without-cancel on printed skeletons.

#include "Analyzed.h"

using namespace taskleak;
using testing::ElementsAre;
using testing::IsEmpty;

// A worker that waits for one of two channels; LAST is what main does at the end.
static std::string worker(const char *Last, const char *Flags = "") {
  std::string Text = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "serve" params=0 {
  b0:
    %0 = make channel 1 "jobs" !0:2:3-9
    %1 = make channel 1 "urgent" !0:3:3-9
    %2 = spawn "worker" @1, %0, %1 !0:4:3-9
    LAST
    join %2 !0:6:3-9
    return
}
function @1 "worker" params=2 .called {
  b0:
    %2 = poll WAIT %0, %1 !0:12:3-9
    return
}
)";
  Text.replace(Text.find("LAST"), 4, Last);
  return Text.replace(Text.find(" WAIT"), 5, Flags);
}

TEST(SelectWithoutCancel, PollThatNobodyFeeds) {
  EXPECT_THAT(told(worker("yield").c_str()),
              ElementsAre("select-without-cancel:12 proven: poll of 'jobs' can block for ever: "
                          "nothing brings it about, and it has no cancel or timeout"));
}

TEST(SelectWithoutCancel, PollThatIsFed) {
  EXPECT_THAT(told(worker("send %1, 1 !0:5:3-9").c_str()), IsEmpty());
}

TEST(SelectWithoutCancel, PollWithTimeout) {
  EXPECT_THAT(told(worker("yield", ".timed").c_str()), IsEmpty());
}

// A select whose cases are tasks of their own.
static const char TwoCases[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "serve" params=0 {
  b0:
    %0 = make channel 0 "jobs" !0:2:3-9
    %1 = make channel 0 "results" !0:3:3-9
    %2 = closure @1, %0
    %3 = closure @2, %1
    %4 = select %2, %3 !0:6:3-9
    return
}
function @1 "take" params=1 captures=1 .called {
  b0:
    %1, %2 = receive FIRST %0 !0:12:3-9
    return
}
function @2 "give" params=1 captures=1 .called {
  b0:
    %1 = send %0, 1 !0:22:3-9
    return
}
)";

static std::string firstCase(const char *Flags) {
  std::string Text = TwoCases;
  return Text.replace(Text.find(" FIRST"), 6, Flags);
}

TEST(SelectWithoutCancel, NoCaseCanHappen) {
  Findings Found = analyzed(firstCase("").c_str());
  EXPECT_THAT(told(Found),
              ElementsAre("select-without-cancel:6 proven: select on 'jobs' and 'results' can block "
                          "for ever: none of its 2 cases can happen, and none is a cancel or a "
                          "timeout"));
}

TEST(SelectWithoutCancel, OneCaseHasATimeout) {
  EXPECT_THAT(told(firstCase(".timed").c_str()), IsEmpty());
}

// The other side is out of sight; a cancel is at hand, and no case waits for it.
static std::vector<std::string> byForm(bool Explored) {
  Unit U = parsed(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "pump" params=2 {
  slot %0 "in" kind=channel
  slot %1 "stop" kind=cancel
  b0:
    %2 = poll %0 !0:3:3-9
    return
}
)");
  UnitFacts Facts{U, {}, {}, {{{0, 0, 0}, "stop"}}, {Explored}, {}};
  Findings Found;
  for (const Check *C : allChecks())
    C->Run(Facts, Found);
  return told(Found);
}

TEST(SelectWithoutCancel, FormAloneIsPossible) {
  EXPECT_THAT(byForm(false),
              ElementsAre("select-without-cancel:3 possible: poll of 'in' has no case for the cancel "
                          "'stop', which is at hand"));
}

TEST(SelectWithoutCancel, SilentAboutWhatWasRun) { EXPECT_THAT(byForm(true), IsEmpty()); }
