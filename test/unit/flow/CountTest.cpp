// Counters that a task lowers on one path and not on another. Each leaking shape
// has clean twins.

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
