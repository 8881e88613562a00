// unfinished-wait-group on printed skeletons.

#include "Analyzed.h"

using namespace taskleak;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Two tasks and a latch; WORK is what each task does.
static std::string latch(const char *Start, const char *Work) {
  std::string Text = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "loadAll" params=0 {
  b0:
    %0 = make counter START "done" !0:2:3-9
    %1 = spawn "load" @1, %0 !0:3:3-9
    %2 = spawn "load" @1, %0 !0:4:3-9
    await %0 !0:5:3-9
    join %1 !0:6:3-9
    join %2 !0:7:3-9
    return
}
function @1 "load" params=1 .called !0:10:6-10 {
  WORK
}
)";
  Text.replace(Text.find("START"), 5, Start);
  return Text.replace(Text.find("WORK"), 4, Work);
}

TEST(UnfinishedWaitGroup, EarlyReturnSkipsTheDone) {
  Findings Found = analyzed(latch("2", R"(b0:
    %1 = opaque "part < 0" !0:11:7-20
    branch %1 b1 b2 !0:11:3-9
  b1:
    return !0:12:5-9
  b2:
    count %0, -1 !0:13:3-9
    return)").c_str());
  EXPECT_THAT(told(Found),
              ElementsAre(testing::StartsWith("unfinished-wait-group:5 likely: wait for 'done' can block "
                                              "for ever if `part < 0` is true: task 'load' (")));
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_THAT(walked(Found[0]),
              testing::AllOf(Contains(HasSubstr("main task: 1 starts task 'load' (1)")),
                             Contains(HasSubstr(" assuming `part < 0` is true")),
                             Contains(HasSubstr(" ends without counting down 'done'")),
                             Contains(HasSubstr(" waits for 'done' for ever"))));
  EXPECT_THAT(Found[0].Assumptions, ElementsAre("`part < 0` is true"));
}

TEST(UnfinishedWaitGroup, DoneOnEveryPath) {
  EXPECT_THAT(told(latch("2", R"(b0:
    %1 = opaque "part < 0" !0:11:7-20
    count %0, -1 !0:13:3-9
    return)").c_str()),
              IsEmpty());
}

TEST(UnfinishedWaitGroup, CountTooLarge) {
  EXPECT_THAT(told(latch("3", R"(b0:
    count %0, -1 !0:13:3-9
    return)").c_str()),
              ElementsAre("unfinished-wait-group:5 proven: wait for 'done' can block for ever: it is "
                          "counted up to 3 and down by 2 only"));
}

// An exception leaves the task before its done; the twin catches it.
TEST(UnfinishedWaitGroup, ExceptionSkipsTheDone) {
  Findings Found = analyzed(latch("2", R"(b0 unwind b1:
    extern "parse" .throws !0:11:3-9
    count %0, -1 !0:13:3-9
    return
  b1:
    return)").c_str());
  EXPECT_THAT(told(Found),
              ElementsAre(testing::StartsWith("unfinished-wait-group:5 likely: wait for 'done' can block "
                                              "for ever if `parse` throws: task 'load' (")));
}

TEST(UnfinishedWaitGroup, HandlerCountsDownToo) {
  EXPECT_THAT(told(latch("2", R"(b0 unwind b1:
    extern "parse" .throws !0:11:3-9
    jump b1
  b1:
    count %0, -1 !0:13:3-9
    return)").c_str()),
              IsEmpty());
}

// Who waits for a group of which one task is stuck, is held up by that task.
TEST(UnfinishedWaitGroup, GroupOfAStuckTaskIsNotTheCause) {
  EXPECT_THAT(told(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "all" params=0 {
  b0:
    %0 = make counter 1 "group" !0:2:3-9
    %1 = make channel 0 "out" !0:3:3-9
    %2 = spawn "work" @1, %0, %1 !0:4:3-9
    await %0 !0:5:3-9
    return
}
function @1 "work" params=2 .called {
  b0:
    %2 = send %1, 1 !0:11:3-9
    count %0, -1 !0:12:3-9
    return
}
)"),
              ElementsAre("blocking-send:11 proven: send to 'out' can block for ever: nobody receives "
                          "from it"));
}

TEST(UnfinishedWaitGroup, BarrierWithTooFewParticipants) {
  std::string Text = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "phases" params=0 {
  b0:
    %0 = make barrier COUNT "phase" !0:2:3-9
    %1 = spawn "step" @1, %0 !0:3:3-9
    %2 = spawn "step" @1, %0 !0:4:3-9
    return
}
function @1 "step" params=1 .called {
  b0:
    %1 = arrive %0, 1 !0:11:3-9
    await %0, %1 !0:12:3-9
    return
}
)";
  std::string Full = Text;
  Full.replace(Full.find("COUNT"), 5, "2");
  EXPECT_THAT(told(Full.c_str()), IsEmpty());
  Text.replace(Text.find("COUNT"), 5, "3");
  EXPECT_THAT(told(Text.c_str()),
              ElementsAre("unfinished-wait-group:12 proven: wait for 'phase' can block for ever: fewer "
                          "tasks arrive than it waits for"));
}

// A counter from out of sight: one path counts it down, the other does not.
TEST(UnfinishedWaitGroup, PathsOfOneFunctionDisagree) {
  std::string Text = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "work" params=1 {
  slot %0 "group" kind=counter
  b0:
    %1 = opaque "input < 0" !0:2:7-17
    branch %1 b1 b2 !0:2:3-9
  b1:
    return !0:3:5-9
  b2:
    count %0, -1 !0:4:3-9
    return
}
)";
  EXPECT_THAT(told(Text.c_str()),
              ElementsAre(testing::StartsWith(
                  "unfinished-wait-group:4 likely: 'group' is not counted down ")));
}
