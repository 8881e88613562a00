// Counters raised in a function and not lowered on some path of it, and tests of
// the same condition that agree.

#include "Flow.h"

#include "gtest/gtest.h"

using namespace taskleak;

TEST(Raised, RaisedAndLoweredOnOnePathOnly) {
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

TEST(Raised, RaisedForATaskIsHandedOn) {
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

TEST(Raised, RaisedMadeHere) {
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

TEST(Raised, RaisedWithoutAnyLoweringIsSomebodyElses) {
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

TEST(Raised, CorrelatedConditionsAreClean) {
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

TEST(Raised, ConditionThatChangedInBetween) {
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

TEST(Raised, FlagThatRemembersTheRaiseIsClean) {
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

TEST(Raised, ComparedEnumeratorsExcludeEachOther) {
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
