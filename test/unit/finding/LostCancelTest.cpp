// lost-cancel on printed skeletons.

#include "Analyzed.h"

using namespace taskleak;
using testing::ElementsAre;
using testing::IsEmpty;

// A watcher that waits under a token; main does BEFORE the join.
static std::string watcher(const char *Before) {
  std::string Text = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "watch" params=0 {
  b0:
    %0 = make cancel "stop" !0:2:3-9
    %1 = make condition "changed" !0:3:3-9
    %2 = make lock "m" !0:4:3-9
    %3 = closure @1, %0, %1, %2
    %4 = spawn "watcher" %3 !0:5:3-9
    BEFORE
    join %4 !0:8:3-9
    return
}
function @1 "watcher" params=3 captures=3 .called {
  b0:
    lock %2 !0:11:3-9
    wait %1, %2 cancel=%0 !0:12:3-9
    unlock %2 !0:13:3-9
    return
}
)";
  return Text.replace(Text.find("BEFORE"), 6, Before);
}

TEST(LostCancel, NobodyRequestsTheStop) {
  Findings Found = analyzed(watcher("yield").c_str());
  EXPECT_THAT(told(Found),
              ElementsAre("lost-cancel:12 proven: wait for 'changed' can block for ever: nobody "
                          "requests the stop of 'stop' or wakes it"));
  ASSERT_EQ(Found.size(), 1u);
  std::vector<std::string> Related;
  for (const RelatedPlace &R : Found[0].Related)
    Related.push_back(std::to_string(R.At.Line) + " " + R.Message);
  EXPECT_THAT(Related, testing::Contains("2 the cancel is made here"));
}

TEST(LostCancel, StopIsRequestedBeforeTheJoin) {
  EXPECT_THAT(told(watcher("request %0 !0:7:3-9").c_str()), IsEmpty());
}

TEST(LostCancel, StopIsRequestedOnOnePath) {
  EXPECT_THAT(told(watcher("%5 = opaque \"ok()\" !0:6:3-9\n branch %5 b1 b2\n b1:\n request %0 "
                           "!0:7:3-9\n jump b2\n b2:")
                       .c_str()),
              ElementsAre(testing::StartsWith(
                  "lost-cancel:12 likely: wait for 'changed' can block for ever if `ok()` is false: "
                  "nobody requests")));
}

TEST(LostCancel, StopIsRequestedAfterTheJoin) {
  EXPECT_THAT(told(watcher("join %4 !0:6:3-9\n request %0 !0:7:3-9").c_str()),
              ElementsAre("lost-cancel:12 proven: wait for 'changed' can block for ever: main task is "
                          "stuck in its join of 'watcher' before it requests the stop of 'stop'"));
}

TEST(LostCancel, WaitIsWokenAnotherWay) {
  EXPECT_THAT(told(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "ask" params=0 {
  b0:
    %0 = make cancel "stop" !0:2:3-9
    %1 = make event "answer" !0:3:3-9
    %2 = spawn "answerer" @1, %1 !0:5:3-9
    await %1 cancel=%0 !0:6:3-9
    join %2
    return
}
function @1 "answerer" params=1 .called {
  b0:
    fulfil %0 !0:11:3-9
    return
}
)"),
              IsEmpty());
}
