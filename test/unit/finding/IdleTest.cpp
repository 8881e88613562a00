// A queue of one's own, with a producer and a consumer: who waits for work while
// the world is silent is idle, who waits for room is not.

#include "Analyzed.h"

using namespace taskleak;
using testing::ElementsAre;
using testing::IsEmpty;

// push: while (n == 1) room.wait(); append.  pop: while (n == 0) work.wait(); take.
static const char Queue[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "serve" params=0 {
  b0:
    %0 = make lock "m"
    %1 = make condition "room" !0:3:3-9
    %2 = make condition "work" !0:4:3-9
    %3 = sequence "items"
    %4 = spawn "producer" @1, %0, %1, %2, %3 !0:5:3-9
    %5 = spawn "consumer" @2, %0, %1, %2, %3 !0:6:3-9
    return
}
function @1 "producer" params=4 .called {
  b0:
    PRODUCE
    call @3 %0, %1, %2, %3 !0:11:3-9
    jump b0
}
function @2 "consumer" params=4 .called {
  b0:
    call @4 %0, %1, %2, %3 !0:15:3-9
    CONSUME
    jump b0
}
function @3 "push" params=4 .called {
  b0:
    lock %0
    jump b1
  b1:
    %4 = size %3
    %5 = eq %4, 1
    branch %5 b2 b3
  b2:
    wait %1, %0 !0:23:3-9
    jump b1
  b3:
    append %3, 1
    notify %2 !0:25:3-9
    unlock %0
    return
}
function @4 "pop" params=4 .called {
  b0:
    lock %0
    jump b1
  b1:
    %4 = size %3
    %5 = eq %4, 0
    branch %5 b2 b3
  b2:
    wait %2, %0 !0:33:3-9
    jump b1
  b3:
    %6 = takefirst %3
    notify %1 !0:35:3-9
    unlock %0
    return
}
)";

static std::string queue(const char *Produce, const char *Consume) {
  std::string Text = Queue;
  Text.replace(Text.find("PRODUCE"), 7, Produce);
  return Text.replace(Text.find("CONSUME"), 7, Consume);
}

TEST(Idle, QueueThatIsServed) { EXPECT_THAT(told(queue("yield", "yield").c_str()), IsEmpty()); }

TEST(Idle, ConsumerWaitsForTheWorld) {
  EXPECT_THAT(told(queue("outside \"read\" !0:10:3-9", "yield").c_str()), IsEmpty());
}

TEST(Idle, ProducerWaitsForAConsumerInASlowCall) {
  EXPECT_THAT(told(queue("yield", "outside \"save\" !0:16:3-9").c_str()),
              ElementsAre("unwoken-wait:23 proven: wait for 'room' can block for ever: task "
                          "'consumer' is stuck in 'save' before it wakes it"));
}
