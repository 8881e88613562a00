// Counters: raised here and not lowered on some path; lowered by a task on one
// path and not on another. Each leaking shape has clean twins.

#include "Flow.h"

#include "gtest/gtest.h"

using namespace taskleak;

static const std::string Worker = "function @0 \"work\" params=1 {\nslot %0 \"wg\"\n";

TEST(Count, EarlyReturnOfTaskBody) {
  EXPECT_EQ(open(Worker + R"(
b0:
  %1 = extern "bad"
  branch "is bad" %1 b1 b2
b1:
  return
b2:
  count %0, -1
  return
})"),
            "count wg: b2.0 open at b1.0, early return `is bad` b0.1\n");
}

TEST(Count, DoneOnEveryPathIsClean) {
  EXPECT_EQ(open(Worker + R"(
b0:
  %1 = extern "bad"
  branch "is bad" %1 b1 b2
b1:
  count %0, -1
  return
b2:
  count %0, -1
  return
})"),
            "");
}

TEST(Count, OneBranchOfTwoThatRejoin) {
  EXPECT_EQ(open(Worker + R"(
b0:
  %1 = extern "ok"
  branch "ok" %1 b1 b2
b1:
  count %0, -1
  jump b2
b2:
  return
})"),
            "count wg: b1.0 open at b2.0, else `ok` b0.1\n");
}

TEST(Count, CallThatMayThrow) {
  EXPECT_EQ(open(Worker + R"(
b0:
  extern.throws "parse"
  count %0, -1
  return
})"),
            "count wg: b0.1 open at b0.0, exception `parse` b0.0 (may throw)\n");
}

TEST(Count, GuardOnTheUnwindPathIsClean) {
  EXPECT_EQ(open(Worker + R"(
b0 unwind b1:
  extern.throws "parse"
  count.guard %0, -1
  return
b1:
  count.guard %0, -1
  throw
})"),
            "");
}

TEST(Count, NoexceptBodyIsClean) {
  EXPECT_EQ(open(R"(function @0 "work" params=1 .noexcept {
b0:
  extern.throws "parse"
  count %0, -1
  return
})"),
            "");
}

TEST(Count, CalleeThatThrows) {
  EXPECT_EQ(open(Worker + R"(
b0:
  call @1
  count %0, -1
  return
}
function @1 "check" {
b0:
  throw
})"),
            "count wg: b0.1 open at b0.0, exception `check` b0.0 (may throw)\n");
}

TEST(Count, CalleeThatCatchesIsClean) {
  EXPECT_EQ(open(Worker + R"(
b0:
  call @1
  count %0, -1
  return
}
function @1 "check" {
b0 unwind b1:
  throw
b1:
  return
})"),
            "");
}

TEST(Count, SwallowedExceptionSkipsDone) {
  EXPECT_EQ(open(Worker + R"(
b0 unwind b1:
  extern.throws "parse"
  count %0, -1
  return
b1:
  return
})"),
            "count wg: b0.1 open at b1.0, exception `parse` b0.0 (may throw)\n");
}

TEST(Count, ExplicitThrow) {
  EXPECT_EQ(open(Worker + R"(
b0:
  branch "bad" ? b1 b2
b1:
  throw
b2:
  count %0, -1
  return
})"),
            "count wg: b2.0 open at b1.0, early return `bad` b0.0\n");
}

TEST(Count, ThreadsExceptionEndsTheProcess) {
  EXPECT_EQ(open(Worker + R"(
b0:
  extern.throws "parse"
  count %0, -1
  return
}
function @1 "main" {
b0:
  %0 = make counter 1 "wg"
  %1 = spawn.terminates "worker" @0, %0
  return
})"),
            "");
}

TEST(Count, RaisedAndLoweredOnOnePathOnly) {
  const char *Leak = R"(function @0 "serve" params=1 {
slot %0 "wg"
b0:
  count %0, 1
  branch "full" ? b1 b2
b1:
  return
b2:
  count %0, -1
  return
})";
  EXPECT_EQ(open(Leak), "count wg: b0.0 open at b1.0, early return `full` b0.1\n");
}

TEST(Count, RaisedForATaskIsHandedOn) {
  EXPECT_EQ(open(R"(function @0 "serve" params=1 {
b0:
  count %0, 1
  branch "inline" ? b1 b2
b1:
  %1 = closure @1, %0
  %2 = spawn "worker" %1
  detach %2
  return
b2:
  count %0, -1
  return
}
function @1 "lambda" params=1 captures=1 {
b0:
  count %0, -1
  return
})"),
            "");
}

TEST(Count, RaisedMadeHere) {
  EXPECT_EQ(open(R"(function @0 "serve" {
b0:
  %0 = make counter 0 "wg"
  count %0, 1
  branch "full" ? b1 b2
b1:
  await %0
  return
b2:
  count %0, -1
  await %0
  return
})"),
            "count wg: b0.1 open at b1.1, early return `full` b0.2\n");
}

TEST(Count, RaisedWithoutAnyLoweringIsSomebodyElses) {
  EXPECT_EQ(open(R"(function @0 "add" params=1 {
b0:
  branch ? b1 b2
b1:
  count %0, 1
  return
b2:
  return
})"),
            "");
}

TEST(Count, CorrelatedConditionsAreClean) {
  EXPECT_EQ(open(R"(function @0 "serve" params=2 {
b0:
  branch "track" %1 b1 b2
b1:
  count %0, 1
  jump b2
b2:
  extern "work"
  branch "track" %1 b3 b4
b3:
  count %0, -1
  jump b4
b4:
  return
})"),
            "");
}

TEST(Count, ConditionThatChangedInBetween) {
  EXPECT_EQ(open(R"(function @0 "serve" params=2 {
slot %0 "wg"
b0:
  branch "track" %1 b1 b2
b1:
  count %0, 1
  jump b2
b2:
  %1 = extern "reload"
  branch "track" %1 b3 b4
b3:
  count %0, -1
  jump b4
b4:
  return
})"),
            "count wg: b1.0 open at b4.0, else `track` b2.1\n");
}

TEST(Count, FlagThatRemembersTheRaiseIsClean) {
  EXPECT_EQ(open(R"(function @0 "serve" params=1 {
slot %1 "added"
b0:
  %1 = move 0
  branch "x" ? b1 b2
b1:
  count %0, 1
  %1 = move 1
  jump b2
b2:
  %2 = not %1
  branch "!added" %2 b4 b3
b3:
  count %0, -1
  jump b4
b4:
  return
})"),
            "");
}

TEST(Count, ComparedEnumeratorsExcludeEachOther) {
  EXPECT_EQ(open(R"(function @0 "work" params=2 {
b0:
  %2 = eq %1, 1
  branch "s == A" %2 b1 b2
b1:
  count %0, 1
  jump b2
b2:
  %3 = eq %1, 2
  branch "s == B" %3 b3 b4
b3:
  return
b4:
  %4 = eq %1, 1
  branch "s == A" %4 b5 b6
b5:
  count %0, -1
  return
b6:
  return
})"),
            "");
}

TEST(Count, SemaphoreIsNoWaitGroup) {
  EXPECT_EQ(open(Worker + R"(
b0:
  branch "bad" ? b1 b2
b1:
  return
b2:
  count %0, -1
  return
}
function @1 "main" {
b0:
  %0 = make counter 1 "slots"
  %1 = spawn "worker" @0, %0
  acquire %0, 1
  return
})"),
            "");
}

TEST(Count, WorkerThatLowersOncePerItemIsClean) {
  EXPECT_EQ(open(Worker + R"(
b0:
  jump b1
b1:
  %1 = receive ?
  branch "more" %1 b2 b3
b2:
  count %0, -1
  jump b1
b3:
  return
})"),
            "");
}

TEST(Count, CallerThatDoesItOtherwiseIsClean) {
  EXPECT_EQ(open(R"(function @0 "try" params=2 {
b0:
  branch "last" %1 b1 b2
b1:
  count %0, -1
  return
b2:
  return
}
function @1 "work" params=1 {
b0:
  call @0 %0, 0
  count %0, -1
  return
})"),
            "");
}

TEST(Count, MemberLoweredBySpawnedTask) {
  const std::string Task = R"(function @0 "lambda" params=1 captures=1 {
b0:
  branch "stopped" ? b1 b2
b1:
  return
b2:
  %1 = load "wg_" %0
  count %1, -1
  return
}
)";
  EXPECT_EQ(open(Task + R"(function @1 "start" params=1 {
b0:
  %1 = closure @0, %0
  %2 = spawn "worker" %1
  store "t" %0, %2
  return
})"),
            "count wg_: b2.1 open at b1.0, early return `stopped` b0.0\n");
  EXPECT_EQ(open(Task), "");
}

TEST(Count, HandedToAHelperThatLowersIt) {
  EXPECT_EQ(open(Worker + R"(
b0:
  branch "bad" ? b1 b2
b1:
  call @1 %0
  return
b2:
  count %0, -1
  return
}
function @1 "finish" params=1 {
b0:
  count %0, -1
  return
})"),
            "");
}
