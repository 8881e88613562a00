// Which fault a stuck wait is, and where the cancel that it honours was made.

#include "Analyzed.h"

#include "finding/Fault.h"
#include "finding/Origin.h"

#include "gtest/gtest.h"

using namespace taskleak;

namespace {

const char Program[] = R"(
unit "a.cpp"
function @0 "main" params=0 {
  b0:
    %0 = make cancel "stop"
    %1 = make condition "cv"
    %2 = closure @1, %1, %0
    %3 = spawn "named" %2, %1
    %4 = spawn "ambient" @2, %1 cancel=%0
    %5 = spawn "plain" @2, %1
    return
}
function @1 "work" params=3 captures=2 .called {
  b0:
    call @3 %2, %1
    return
}
function @2 "ambient" params=1 .called {
  b0:
    wait.ambient %0, ?
    return
}
function @3 "wait" params=2 .called {
  b0:
    wait %0, ? cancel=%1
    wait %0, ? cancel=null
    await %0
    return
}
)";

class Faults : public testing::Test {
protected:
  Unit U = parsed(Program);

  static Stuck stuck(InstructionRef At, ObjectKind Kind, uint32_t Spawn) {
    Stuck S;
    S.At = At;
    S.Kind = Kind;
    S.Tasks.emplace_back();
    S.Tasks[0].Spawned = {0, 0, Spawn};
    return S;
  }
};

} // namespace

TEST_F(Faults, WaitUnderATokenThatWasPassedOn) {
  Stuck S = stuck({3, 0, 0}, ObjectKind::Condition, 3);
  S.Callers = {{1, 0, 0}};
  EXPECT_EQ(fault(U, S), Fault::Cancel);
  EXPECT_EQ(cancelMade(U, S), (InstructionRef{0, 0, 0}));
}

TEST_F(Faults, AnEmptyTokenEndsNothing) {
  EXPECT_EQ(fault(U, stuck({3, 0, 1}, ObjectKind::Condition, 3)), Fault::Wake);
}

TEST_F(Faults, AmbientCancelOfTheTask) {
  Stuck S = stuck({2, 0, 0}, ObjectKind::Condition, 4);
  EXPECT_EQ(fault(U, S), Fault::Cancel);
  EXPECT_EQ(cancelMade(U, S), (InstructionRef{0, 0, 0}));
}

TEST_F(Faults, TaskWithoutAmbientCancel) {
  EXPECT_EQ(fault(U, stuck({2, 0, 0}, ObjectKind::Condition, 5)), Fault::Wake);
}

TEST_F(Faults, WokenButWithoutItsLock) {
  EXPECT_EQ(fault(U, stuck({3, 0, 0}, ObjectKind::Lock, 3)), Fault::Lock);
}

TEST_F(Faults, AwaitIsJudgedByItsObject) {
  EXPECT_EQ(fault(U, stuck({3, 0, 2}, ObjectKind::Counter, 3)), Fault::Count);
  EXPECT_EQ(fault(U, stuck({3, 0, 2}, ObjectKind::Event, 3)), Fault::Wake);
}

TEST_F(Faults, AwaitOfTasksIsNotTheCause) {
  Stuck S = stuck({3, 0, 2}, ObjectKind::Counter, 3);
  S.ForTasks = true;
  EXPECT_EQ(fault(U, S), Fault::Count);
  S.HeldUpBy = {0};
  EXPECT_EQ(fault(U, S), Fault::Join);
}
