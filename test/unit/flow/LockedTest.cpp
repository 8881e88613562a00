// Locks that one path leaves locked and another unlocks. Each leaking shape has
// clean twins.

#include "Flow.h"

#include "gtest/gtest.h"

using namespace taskleak;

static const std::string Put = "function @0 \"put\" params=1 {\nslot %0 \"this\"\n";

/// if (bad) EARLY; else unlock and LAST.
static std::string early(const std::string &Early, const std::string &Last) {
  return open(Put + R"(
b0:
  %1 = load "mutex" %0
  lock %1
  %2 = extern "bad"
  branch "bad" %2 b1 b2
b1:
  )" + Early + R"(
b2:
  %3 = load "mutex" %0
  unlock %3
  )" + Last + "\n}");
}

TEST(Locked, EarlyReturn) {
  EXPECT_EQ(early("return", "return"), "lock mutex: b0.1 open at b1.0, early return `bad` b0.3\n");
}

TEST(Locked, UnlockedOnBothPaths) { EXPECT_EQ(early("unlock %1\n return", "return"), ""); }

TEST(Locked, FailureNeverKeepsALock) {
  EXPECT_NE(early("return -1", "return 0"), "");
  EXPECT_NE(early("return null", "return %2"), "");
}

TEST(Locked, CallerIsToldByTheValue) {
  EXPECT_EQ(early("return 0", "return -1"), "") << "success keeps it";
  EXPECT_EQ(early("return %2", "return null"), "") << "an object that is locked";
  EXPECT_EQ(early("return 1", "return 0"), "") << "a try";
}

TEST(Locked, CallerCannotTell) {
  EXPECT_NE(early("return 1", "return 1"), "");
  EXPECT_NE(early("return %2", "return %2"), "");
}

TEST(Locked, ThrowLeavesItLocked) {
  EXPECT_EQ(early("throw", "return"), "lock mutex: b0.1 open at b1.0, early return `bad` b0.3\n");
}

TEST(Locked, ExceptionOfACall) {
  EXPECT_EQ(open(Put + R"(
b0:
  lock %0
  extern.throws "parse"
  unlock %0
  return
})"),
            "lock this: b0.0 open at b0.1, exception `parse` b0.1 (may throw)\n");
}

TEST(Locked, LeftLockedByAllIsMeant) {
  EXPECT_EQ(open(Put + R"(
b0:
  %1 = extern "bad"
  branch "bad" %1 b1 b2
b1:
  lock %0
  return
b2:
  lock %0
  return
})"),
            "");
}

TEST(Locked, AgainInALoop) {
  EXPECT_EQ(open(Put + R"(
b0:
  jump b1
b1:
  lock %0
  %1 = extern "empty"
  branch "empty" %1 b1 b2
b2:
  unlock %0
  jump b1
})"),
            "lock this: b1.0 open at b1.0, then `empty` b1.2 (again)\n");
}

TEST(Locked, TwoTestsOfOneCondition) {
  EXPECT_EQ(open(Put + R"(
b0:
  %1 = load "threaded" %0
  branch "threaded" %1 b1 b2
b1:
  %2 = load "mutex" %0
  lock %2
  jump b2
b2:
  call @1 %0
  %3 = load "threaded" %0
  branch "threaded" %3 b3 b4
b3:
  %4 = load "mutex" %0
  unlock %4
  jump b4
b4:
  return
}
function @1 "work" params=1 {
b0:
  store "threaded" %0, 1
  return
})"),
            "");
}

TEST(Locked, TriedLocksAreNotFollowed) {
  EXPECT_EQ(open(Put + R"(
b0:
  %1 = lock.try %0
  branch "got it" %1 b1 b2
b1:
  unlock %0
  return
b2:
  return
})"),
            "");
}

static const std::string Wrapped = R"(
function @1 "Lock" params=1 {
b0:
  %1 = load "mu" %0
  lock %1
  return
}
function @2 "Unlock" params=1 {
b0:
  %1 = load "mu" %0
  unlock %1
  return
})";

TEST(Locked, ThroughAWrapper) {
  auto With = [](const std::string &Early) {
    return open(Put + R"(
b0:
  %1 = load "mutex" %0
  call @1 %1
  %2 = extern "bad"
  branch "bad" %2 b1 b2
b1:
  )" + Early + R"(
  return
b2:
  call @2 %1
  return
})" + Wrapped);
  };
  EXPECT_EQ(With(""), "lock mutex: b0.1 open at b1.0, early return `bad` b0.3\n");
  EXPECT_EQ(With("call @2 %1"), "");
}

// A function that lets go of the lock and takes it again leaves it as it was.
TEST(Locked, UnlockedForAWhile) {
  EXPECT_EQ(open(Put + R"(
b0:
  %1 = load "mu" %0
  lock %1
  call @3 %0
  unlock %1
  return
}
function @1 "a" params=0 {
b0:
  return
}
function @2 "b" params=0 {
b0:
  return
}
function @3 "pause" params=1 {
b0:
  %1 = load "mu" %0
  unlock %1
  yield
  lock %1
  return
})"),
            "");
}

// leave() unlocks what enter() has locked: who calls whom is not all in sight.
TEST(Locked, AnotherFunctionUnlocksIt) {
  EXPECT_EQ(open(Put + R"(
b0:
  %1 = load "mu" %0
  lock %1
  %2 = extern "bad"
  branch "bad" %2 b1 b2
b1:
  return
b2:
  unlock %1
  return
})" + Wrapped),
            "lock mu: b0.1 open at b1.0, early return `bad` b0.3 (may be meant)\n");
}

TEST(Locked, GuardTakesCareOfIt) {
  EXPECT_EQ(open(Put + R"(
b0:
  %1 = new "guard"
  lock.guard %0
  store "lock" %1, %0
  %2 = extern "bad"
  branch "bad" %2 b1 b2
b1:
  return
b2:
  unlock %0
  return
})"),
            "");
}

TEST(Locked, CodeOutOfSightMayUnlockIt) {
  EXPECT_EQ(open(Put + R"(
b0:
  %1 = load "mu" %0
  lock %1
  %2 = extern "bad"
  branch "bad" %2 b1 b2
b1:
  extern.escapes "fail" %0
  return
b2:
  unlock %1
  return
})"),
            "");
}

// A callback that unlocks later.
TEST(Locked, CallbackUnlocksIt) {
  EXPECT_EQ(open(Put + R"(
b0:
  lock %0
  %2 = extern "later"
  branch "later" %2 b1 b2
b1:
  %3 = closure @1, %0
  extern.escapes "post" %3
  return
b2:
  unlock %0
  return
}
function @1 "done" params=1 captures=1 {
b0:
  unlock %0
  return
})"),
            "");
}

TEST(Locked, HandOverHand) {
  EXPECT_EQ(open(Put + R"(
slot %1 "at"
slot %2 "next"
b0:
  %3 = load "mu" %0
  lock %3
  %1 = move %0
  jump b1
b1:
  %2 = load "next" %1
  branch "next" %2 b2 b3
b2:
  %4 = load "mu" %2
  lock %4
  %5 = load "mu" %1
  unlock %5
  %1 = move %2
  jump b1
b3:
  %6 = load "mu" %1
  unlock %6
  return
})"),
            "");
}
