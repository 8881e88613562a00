// ignored-cancel on printed skeletons.

#include "Analyzed.h"

using namespace taskleak;
using testing::ElementsAre;
using testing::IsEmpty;

// A task with a token that does BODY; main requests the stop and joins.
static std::string task(const char *Body) {
  std::string Text = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "watch" params=0 {
  b0:
    %0 = make cancel "stop" !0:2:3-9
    %1 = make channel 1 "jobs" !0:3:3-9
    %2 = closure @1, %1
    %3 = spawn "worker" %2, %0 cancel=%0 !0:5:3-9
    request %0 !0:6:3-9
    join %3 !0:7:3-9
    return
}
function @1 "worker" params=2 captures=1 .called {
  slot %0 "jobs"
  slot %1 "token" kind=cancel
  b0:
BODY
}
)";
  return Text.replace(Text.find("BODY"), 4, Body);
}

TEST(IgnoredCancelCheck, WaitsWithoutTheToken) {
  EXPECT_THAT(told(task("receive %0 !0:11:3-9\nreturn").c_str()),
              ElementsAre("ignored-cancel:11 proven: receive from 'jobs' can block for ever: the "
                          "stop of 'token' is requested, and the wait does not take it"));
}

TEST(IgnoredCancelCheck, WaitsWithTheToken) {
  EXPECT_THAT(told(task("receive %0 cancel=%1 !0:11:3-9\nreturn").c_str()), IsEmpty());
}

TEST(IgnoredCancelCheck, SleepsForEver) {
  EXPECT_THAT(told(task("jump b1\nb1:\nyield !0:11:3-9\njump b1").c_str()),
              ElementsAre("ignored-cancel:11 proven: task 'worker' sleeps here in a loop for ever: "
                          "'token' asks it to stop, and nothing in the loop looks at it"));
}

TEST(IgnoredCancelCheck, SleepsUntilTheStop) {
  EXPECT_THAT(told(task("jump b1\nb1:\n%2 = requested %1\nbranch %2 b2 b3\nb2:\nreturn\nb3:\n"
                        "yield !0:11:3-9\njump b1")
                       .c_str()),
              IsEmpty());
}

TEST(IgnoredCancelCheck, ALongSleepBetweenTwoTests) {
  EXPECT_THAT(told(task("jump b1\nb1:\n%2 = requested %1\nbranch %2 b2 b3\nb2:\nreturn\nb3:\n"
                        "yield.long !0:11:3-9\njump b1")
                       .c_str()),
              ElementsAre("ignored-cancel:11 possible: sleep in a loop that tests 'token': a stop "
                          "waits until it is over"));
}

// A flag that main has set, and that the task would have left by: `if (stop) return;`.
static std::string flagged(const char *Other) {
  std::string Text = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "watch" params=0 {
  b0:
    %0 = cell "stop" 0 !0:2:3-9
    %1 = closure @1, %0
    %2 = spawn.terminates "worker" %1 !0:4:3-9
    put %0, 1 !0:5:3-9
    join %2 !0:6:3-9
    end %0
    return
}
function @1 "worker" params=1 captures=1 .called {
  slot %0 "stop"
  b0:
    %1 = get %0
    branch %1 b1 b2
  b1:
    OTHER
  b2:
    yield !0:12:3-9
    jump b2
}
)";
  return Text.replace(Text.find("OTHER"), 5, Other);
}

TEST(IgnoredCancelCheck, AFlagThatIsNotLookedAtAgain) {
  EXPECT_THAT(told(flagged("return").c_str()),
              ElementsAre("ignored-cancel:12 proven: task 'worker' sleeps here in a loop for ever: "
                          "'stop' asks it to stop, and nothing in the loop looks at it"));
}

TEST(IgnoredCancelCheck, AFlagThatDoesNotStop) {
  EXPECT_THAT(told(flagged("jump b2").c_str()), IsEmpty()) << "it may run as long as the process";
}
