// From a schedule, made by hand, to the trails that a user reads.

#include "Analyzed.h"

#include "finding/Trails.h"

using namespace taskleak;
using testing::ElementsAre;

namespace {

const char TwoLoads[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "main" params=0 {
  b0:
    %0 = make counter 2 "done" !0:1:1-2
    %1 = spawn "load" @1, %0 !0:2:1-2
    %2 = spawn "load" @1, %0 !0:3:1-2
    %3 = spawn "idle" @2, %0 !0:4:1-2
    await %0 !0:5:1-2
    return
}
function @1 "load" params=1 .called !0:10:6-10 {
  b0:
    %1 = make lock "m"
    lock %1 !0:11:1-2
    branch ? b1 b2 !0:12:1-2
  b1:
    return !0:13:1-2
  b2:
    count %0, -1 !0:14:1-2
    return
}
function @2 "idle" params=1 .called {
  b0:
    return
}
)";

class Trails : public testing::Test {
protected:
  Unit U = parsed(TwoLoads);
  Stuck S;

  void SetUp() override {
    S.Entry = 0;
    S.At = {0, 0, 4};
    S.Object = "done";
    S.Kind = ObjectKind::Counter;
    S.Made = {0, 0, 0};
    S.Tasks.resize(4);
    S.Tasks[0].Name = "main task";
    S.Tasks[0].Blocked = S.At;
    for (unsigned Task : {1u, 2u, 3u}) {
      S.Tasks[Task].Name = Task == 3 ? "idle" : "load";
      S.Tasks[Task].Spawned = {0, 0, Task};
      S.Tasks[Task].Ended = true;
    }
    for (uint32_t Index : {1u, 2u, 3u})
      step(0, {0, 0, Index});
  }

  /// Task 1 returns early, task 2 counts down and returns.
  void endBoth() {
    step(1, {1, 0, 1}, "m");
    step(1, {1, 1, 0}).Note = "ends";
    step(2, {1, 2, 0}, "done").Note = "count is 1";
    step(2, {1, 2, 1}).Note = "ends";
    step(3, {2, 0, 0}).Note = "ends";
    step(0, {0, 0, 4}, "done").Blocks = true;
  }

  ScheduleStep &step(unsigned Task, InstructionRef At, const char *Object = "") {
    ScheduleStep Step;
    Step.Task = Task;
    Step.At = At;
    Step.Object = Object;
    S.Schedule.push_back(Step);
    return S.Schedule.back();
  }

  std::vector<std::string> steps() {
    Finding F;
    F.Trails = trails(U, S);
    return walked(F);
  }
};

} // namespace

TEST_F(Trails, TellsWhoEndsWithoutTheDone) {
  endBoth();
  EXPECT_THAT(steps(), ElementsAre("main task: 1 starts task 'load' (1)",
                                   "main task: 2 starts task 'load' (2)",
                                   "task 'load' (1): 3 ends without counting down 'done'",
                                   "task 'load' (2): 4 counts down 'done': count is 1",
                                   "main task: 5 waits for 'done' for ever"));
}

TEST_F(Trails, AssumptionIsToldInItsTask) {
  S.Assumptions.push_back({{1, 0, 2}, "`bad` is true"});
  endBoth();
  EXPECT_THAT(steps(), testing::Contains("task 'load' (1): 3 assuming `bad` is true"));
}

TEST_F(Trails, LocksThatAreFreeAreNoise) {
  endBoth();
  EXPECT_THAT(steps(), testing::Not(testing::Contains(testing::HasSubstr("'m'"))));
}

TEST_F(Trails, RepeatsAreToldOnce) {
  for (int Turn = 0; Turn < 3; ++Turn)
    step(2, {1, 2, 0}, "done");
  step(0, {0, 0, 4}, "done").Blocks = true;
  EXPECT_THAT(steps(), testing::Contains("task 'load' (2): 3 counts down 'done', 3 times"));
}

TEST_F(Trails, VictimComesFirst) {
  S.Victim = 2;
  S.Tasks[2].Ended = false;
  S.At = {1, 0, 1};
  S.Object = "m";
  S.Kind = ObjectKind::Lock;
  step(2, S.At, "m").Blocks = true;
  std::vector<Trail> Found = trails(U, S);
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_EQ(Found[0].Task, "task 'load' (2)");
  EXPECT_TRUE(Found[0].Steps.back().Stuck);
}
