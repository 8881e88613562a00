// blocking-receive on printed skeletons: what it says of senders, closes and interrupts.

#include "Analyzed.h"

using namespace taskleak;
using testing::ElementsAre;
using testing::IsEmpty;

// A worker receives until the channel is closed; main does FIRST, joins, does LAST.
static std::string loop(const char *First, const char *Last = "") {
  std::string Text = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "serve" params=0 {
  b0:
    %0 = make channel 4 "jobs" !0:2:3-9
    %1 = spawn "worker" @1, %0 !0:3:3-9
    FIRST
    join %1 !0:6:3-9
    LAST
    return
}
function @1 "worker" params=1 .called {
  b0:
    jump b1
  b1:
    %1, %2 = receive %0 !0:11:3-9
    branch %1 b1 b2
  b2:
    return
}
function @2 "feed" params=1 .called {
  b0:
    send %0, 1 !0:21:3-9
    return
}
)";
  Text.replace(Text.find("FIRST"), 5, First);
  return Text.replace(Text.find("LAST"), 4, Last);
}

static std::vector<std::string> toldOf(const std::string &Text) { return told(Text.c_str()); }

TEST(BlockingReceive, NobodySends) {
  EXPECT_THAT(toldOf(loop("")),
              ElementsAre("blocking-receive:11 proven: receive from 'jobs' can block for ever: "
                          "nobody sends to it or closes it"));
}

TEST(BlockingReceive, SentButNotClosed) {
  EXPECT_THAT(toldOf(loop("send %0, 1 !0:4:3-9")),
              ElementsAre("blocking-receive:11 proven: receive from 'jobs' can block for ever: "
                          "nobody sends to it any more, and nobody closes it"));
}

TEST(BlockingReceive, TheSenderHasEnded) {
  EXPECT_THAT(toldOf(loop("spawn \"feed\" @2, %0 !0:4:3-9")),
              ElementsAre("blocking-receive:11 proven: receive from 'jobs' can block for ever: its "
                          "only sender, task 'feed', has ended without closing it"));
}

TEST(BlockingReceive, ClosedOnlyAfterTheJoin) {
  EXPECT_THAT(
      toldOf(loop("", "close %0 !0:7:3-9")),
      ElementsAre("blocking-receive:11 proven: receive from 'jobs' can block for ever: main "
                  "task is stuck in its join of 'worker' before it sends or closes"));
}

TEST(BlockingReceive, InterruptedTooEarly) {
  EXPECT_THAT(toldOf(loop("interrupt %0 !0:4:3-9")),
              ElementsAre("blocking-receive:11 proven: receive from 'jobs' can block for ever: the "
                          "interrupt in 'serve' comes before the wait begins"));
}

TEST(BlockingReceive, Closed) {
  EXPECT_THAT(toldOf(loop("close %0 !0:4:3-9")), IsEmpty());
  EXPECT_THAT(toldOf(loop("send %0, 1 !0:4:3-9\n close %0 !0:5:3-9")), IsEmpty());
}

// The sender waits for the world before each job: the worker is idle.
TEST(BlockingReceive, Idle) {
  std::string Text = loop("spawn \"feed\" @2, %0 !0:4:3-9");
  std::string Sends = "send %0, 1 !0:21:3-9\n    return";
  Text.replace(Text.find(Sends), Sends.size(),
               "outside \"accept\" !0:20:3-9\n    send %0, 1 !0:21:3-9\n    jump b0");
  EXPECT_THAT(toldOf(Text), IsEmpty());
}
