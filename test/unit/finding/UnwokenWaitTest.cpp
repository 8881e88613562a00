// unwoken-wait on printed skeletons.

#include "Analyzed.h"

using namespace taskleak;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

// A worker that waits for a flag under a lock; main sets it by STOP.
static std::string flag(const char *Stop) {
  std::string Text = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "run" params=0 {
  b0:
    %0 = make lock "m" !0:2:3-9
    %1 = make condition "wake" !0:3:3-9
    %2 = cell "stop" 0
    %3 = spawn "worker" @1, %0, %1, %2 !0:4:3-9
    STOP
    join %3 !0:9:3-9
    return
}
function @1 "worker" params=3 .called {
  b0:
    lock %0 !0:11:3-9
    jump b1
  b1:
    %3 = get %2 !0:12:3-9
    branch %3 b3 b2
  b2:
    wait %1, %0 !0:13:3-9
    jump b1
  b3:
    unlock %0 !0:14:3-9
    return
}
)";
  return Text.replace(Text.find("STOP"), 4, Stop);
}

TEST(UnwokenWait, NobodyNotifies) {
  EXPECT_THAT(told(flag("lock %0 !0:5:3-9\n put %2, 1 !0:6:3-9\n unlock %0 !0:7:3-9").c_str()),
              ElementsAre("unwoken-wait:13 proven: wait for 'wake' can block for ever: nobody "
                          "notifies it"));
}

TEST(UnwokenWait, NotifiedUnderTheRules) {
  EXPECT_THAT(told(flag("lock %0 !0:5:3-9\n put %2, 1 !0:6:3-9\n unlock %0 !0:7:3-9\n notify %1 "
                        "!0:8:3-9")
                       .c_str()),
              IsEmpty());
}

// Without the lock the notify can fall between the test and the wait.
TEST(UnwokenWait, NotifyFallsBetweenTestAndWait) {
  Findings Found = analyzed(flag("put %2, 1 !0:6:3-9\n notify %1 !0:8:3-9").c_str());
  EXPECT_THAT(told(Found),
              ElementsAre("unwoken-wait:13 proven: wait for 'wake' can block for ever: the notify in "
                          "'run' comes before the wait begins"));
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_THAT(walked(Found[0]), ElementsAre("main task: 1 starts task 'worker'",
                                            "main task: 2 notifies 'wake', which wakes nobody",
                                            "main task: 3 waits for 'worker' to end for ever",
                                            "task 'worker': 4 waits for 'wake', never woken"));
}

TEST(UnwokenWait, EventThatNobodyFulfils) {
  EXPECT_THAT(told(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "ask" params=0 {
  b0:
    %0 = make event "answer" !0:2:3-9
    %1 = spawn "answerer" @1, %0 !0:3:3-9
    await %0 !0:4:3-9
    return
}
function @1 "answerer" params=1 .called !0:10:6-14 {
  b0:
    %1 = opaque "known" !0:11:3-9
    branch %1 b1 b2
  b1:
    fulfil %0, 1 !0:12:3-9
    return
  b2:
    return !0:13:3-9
}
)"),
              ElementsAre("unwoken-wait:4 likely: wait for 'answer' can block for ever if `known` is "
                          "false: task 'answerer' ends without fulfilling it"));
}

TEST(UnwokenWait, EventThatIsBrokenAtLeast) {
  EXPECT_THAT(told(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "ask" params=0 {
  b0:
    %0 = make event "answer" !0:2:3-9
    %1 = spawn "answerer" @1, %0 !0:3:3-9
    await %0 !0:4:3-9
    return
}
function @1 "answerer" params=1 .called {
  b0:
    %1 = opaque "known" !0:11:3-9
    branch %1 b1 b2
  b1:
    fulfil %0, 1 !0:12:3-9
    jump b2
  b2:
    break %0 !0:13:3-9
    return
}
)"),
              IsEmpty());
}

// A semaphore of slots: one path forgets to give its slot back.
TEST(UnwokenWait, SemaphoreThatIsNotReleased) {
  std::string Text = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "run" params=0 {
  b0:
    %0 = make counter 1 "slots" !0:2:3-9
    %1 = spawn "work" @1, %0 !0:3:3-9
    %2 = spawn "work" @1, %0 !0:4:3-9
    join %1
    join %2
    return
}
function @1 "work" params=1 .called {
  b0:
    acquire %0, 1 !0:11:3-9
    RELEASE
    return
}
)";
  std::string Fine = Text;
  Fine.replace(Fine.find("RELEASE"), 7, "count %0, 1 !0:12:3-9");
  EXPECT_THAT(told(Fine.c_str()), IsEmpty());
  Text.replace(Text.find("RELEASE"), 7, "");
  EXPECT_THAT(told(Text.c_str()),
              ElementsAre("unwoken-wait:11 proven: acquire of 'slots' can block for ever: nobody "
                          "releases it"));
}
