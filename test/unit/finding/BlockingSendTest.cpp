// blocking-send on printed skeletons: what it reports, and the twins it does not.

#include "Analyzed.h"

using namespace taskleak;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

// Two answers are sent, one is taken: the slower sender waits for ever.
static const char FastestWins[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "fastest" params=0 {
  b0:
    %0 = make channel CAPACITY "answers" !0:2:3-9
    %1 = spawn "ask" @1, %0 !0:3:3-9
    %2 = spawn "ask" @1, %0 !0:4:3-9
    %3, %4 = receive %0 !0:5:3-9
    return %4
}
function @1 "ask" params=1 .called {
  slot %0 "out" kind=channel
  b0:
    %1 = send %0, 1 !0:12:3-9
    return
}
)";

static std::string withCapacity(const char *Capacity) {
  std::string Text = FastestWins;
  return Text.replace(Text.find("CAPACITY"), 8, Capacity);
}

TEST(BlockingSend, NobodyTakesTheSecondAnswer) {
  Findings Found = analyzed(withCapacity("0").c_str());
  EXPECT_THAT(told(Found),
              ElementsAre("blocking-send:12 proven: send to 'answers' can block for ever: its only "
                          "receiver, main task, has ended"));
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Function, "ask");
  ASSERT_EQ(Found[0].Related.size(), 1u);
  EXPECT_EQ(Found[0].Related[0].Message, "'answers' is made here");
  EXPECT_EQ(Found[0].Related[0].At.Line, 2u);
  EXPECT_THAT(walked(Found[0]),
              testing::AllOf(Contains(HasSubstr(" starts task 'ask' (2)")),
                             Contains(HasSubstr(" waits to send to 'answers' for ever")),
                             Contains(HasSubstr("main task: ")), Contains(EndsWith(" ends"))));
}

TEST(BlockingSend, RoomForEveryAnswer) {
  EXPECT_THAT(told(withCapacity("2").c_str()), IsEmpty());
}

TEST(BlockingSend, NobodyReceives) {
  EXPECT_THAT(told(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "start" params=0 {
  b0:
    %0 = make channel 0 "results" !0:2:3-9
    %1 = spawn "work" @1, %0 !0:3:3-9
    detach %1 !0:4:3-9
    return
}
function @1 "work" params=1 .called {
  b0:
    %1 = send %0, 1 !0:12:3-9
    return
}
)"),
              ElementsAre("blocking-send:12 proven: send to 'results' can block for ever: nobody "
                          "receives from it"));
}

// The consumer is in a call that may not come back; the senders pile up.
static const char SlowConsumer[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "serve" params=0 {
  b0:
    %0 = make channel 1 "orders" !0:2:3-9
    %1 = spawn "notify" @1, %0 !0:3:3-9
    %2 = spawn "order" @2, %0 !0:4:3-9
    %3 = spawn "order" @2, %0 !0:5:3-9
    %4 = spawn "order" @2, %0 !0:6:3-9
    return
}
function @1 "notify" params=1 .called {
  b0:
    %1, %2 = receive.timed %0 !0:10:3-9
    branch %1 b1 b0
  b1:
    outside "save" !0:12:3-9
    jump b0
}
function @2 "order" params=1 .called {
  b0:
    %1 = SEND %0, 1 !0:22:3-9
    return
}
)";

static std::string sending(const char *Send) {
  std::string Text = SlowConsumer;
  return Text.replace(Text.find("SEND"), 4, Send);
}

TEST(BlockingSend, ConsumerIsStuckInASlowCall) {
  EXPECT_THAT(told(sending("send").c_str()),
              ElementsAre("blocking-send:22 proven: send to 'orders' can block for ever: its only "
                          "receiver is stuck in 'save'"));
}

TEST(BlockingSend, TimeoutIsAWayOut) {
  EXPECT_THAT(told(sending("send.timed").c_str()), IsEmpty());
}

TEST(BlockingSend, SendThatDropsNeverBlocks) {
  EXPECT_THAT(told(sending("send.try").c_str()), IsEmpty());
}
