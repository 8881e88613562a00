// lock-cycle, unreleased-lock and self-join on printed skeletons: which of several
// stuck waits is told, by which check, and why.

#include "Analyzed.h"

using namespace taskleak;
using testing::ElementsAre;
using testing::IsEmpty;

/// A main that makes 'm' and 'n' and starts two tasks; each body is given the locks.
static std::string twoTasks(const char *Main, const char *A, const char *B) {
  return std::string(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "f" params=0 {
  b0:
    %0 = make lock "m" !0:2:3-9
    %1 = make lock "n" !0:3:3-9
    %2 = spawn "a" @1, %0, %1 !0:4:3-9
    %3 = spawn "b" @2, %0, %1 !0:5:3-9
    )") + Main +
         R"(
    return
}
function @1 "a" params=2 .called {
  b0:
    )" + A +
         R"(
    return
}
function @2 "b" params=2 .called {
  b0:
    )" + B +
         R"(
    return
}
)";
}

TEST(LockCycle, OppositeOrder) {
  std::string Text = twoTasks("join %2 !0:6:3-9\n join %3 !0:7:3-9",
                              "lock %0 !0:12:3-9\n lock %1 !0:13:3-9\n unlock %1\n unlock %0",
                              "lock %1 !0:22:3-9\n lock %0 !0:23:3-9\n unlock %0\n unlock %1");
  Findings Found = analyzed(Text.c_str());
  EXPECT_THAT(told(Found),
              ElementsAre("lock-cycle:13 proven: lock of 'n' can block for ever: this "
                          "task holds 'm', and task 'b', which has it, waits for that"));
  EXPECT_THAT(walked(Found[0]),
              testing::IsSupersetOf({"task 'a': 4 locks 'm'", "task 'b': 5 locks 'n'"}));
}

// The wait under the lock is told, not the lock that it keeps another from.
TEST(LockCycle, JoinUnderALock) {
  std::string Text = twoTasks("lock %0 !0:6:3-9\n join %2 !0:7:3-9\n unlock %0",
                              "lock %0 !0:12:3-9\n unlock %0", "yield");
  EXPECT_THAT(
      told(Text.c_str()),
      ElementsAre("lock-cycle:7 proven: join of 'a' can block for ever: this task holds 'm', "
                  "and task 'a' waits for that"));
}

TEST(LockCycle, LockAgain) {
  EXPECT_THAT(told(twoTasks("yield", "lock %0 !0:12:3-9\n lock %0 !0:13:3-9", "yield").c_str()),
              ElementsAre("lock-cycle:13 proven: lock of 'm' can block for ever: this task has "
                          "locked it already"));
}

// Who waits for a lock is stuck because of what its owner is stuck in.
TEST(LockCycle, OwnerIsStuckElsewhere) {
  std::string Text =
      twoTasks("%4 = make event \"e\" !0:6:3-9\n lock %0 !0:7:3-9\n await %4 !0:8:3-9",
               "lock %0 !0:12:3-9\n unlock %0", "yield");
  EXPECT_THAT(
      told(Text.c_str()),
      ElementsAre("unwoken-wait:8 proven: wait for 'e' can block for ever: nobody fulfils it"));
}

TEST(UnreleasedLock, OwnerHasEnded) {
  std::string Text =
      twoTasks("join %2 !0:6:3-9\n lock %0 !0:7:3-9\n unlock %0", "lock %0 !0:12:3-9", "yield");
  EXPECT_THAT(told(Text.c_str()),
              ElementsAre("unreleased-lock:7 proven: lock of 'm' can block for ever: task 'a' has "
                          "ended without unlocking it"));
}

// Two come too late, and it is one fault.
TEST(UnreleasedLock, ToldOnceForEachLock) {
  std::string Text =
      twoTasks("join %2 !0:6:3-9\n lock %0 !0:7:3-9\n unlock %0", "lock %0 !0:12:3-9",
               "join %0 !0:21:3-9\n lock %0 !0:22:3-9\n unlock %0");
  EXPECT_EQ(told(Text.c_str()).size(), 1u);
}

static const char LeftInAFunction[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "f" params=1 {
  slot %0 "bad"
  b0:
    %1 = make lock "m" !0:2:3-9
    call @1 %1, %0 !0:3:3-9
    call @1 %1, 0 !0:4:3-9
    return
}
function @1 "put" params=2 .called {
  slot %1 "bad"
  b0:
    lock %0 !0:11:3-9
    branch "bad" %1 b1 b2 !0:12:3-9
  b1:
    return !0:13:3-9
  b2:
    unlock %0 !0:14:3-9
    return
}
)";

TEST(UnreleasedLock, FunctionHasLeftItLocked) {
  Findings Found = analyzed(LeftInAFunction);
  EXPECT_THAT(told(Found),
              ElementsAre("unreleased-lock:11 likely: lock of 'm' can block for ever if "
                          "`bad` is true: 'put' has left it locked"));
  ASSERT_FALSE(Found.empty());
  EXPECT_TRUE(llvm::any_of(Found[0].Related, [](const RelatedPlace &R) {
    return R.At.Line == 13 && R.Message == "and is still locked here";
  }));
}

// A wrapper always leaves it locked: that is what it is for.
static const char Wrapper[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "f" params=0 {
  b0:
    %0 = make lock "m" !0:2:3-9
    call @1 %0 !0:3:3-9
    call @1 %0 !0:4:3-9
    return
}
function @1 "acquire" params=1 .called {
  b0:
    lock %0 !0:11:3-9
    return
}
)";

TEST(UnreleasedLock, WrapperIsTakenTwice) {
  EXPECT_THAT(told(Wrapper),
              ElementsAre("lock-cycle:11 proven: lock of 'm' can block for ever: this "
                          "task has locked it already"));
}

static std::string handle(const char *Work) {
  return std::string(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "f" params=0 {
  b0:
    %0 = cell "handle" null
    %1 = make event "ready" !0:2:3-9
    %2 = spawn "a" @1, %0, %1 !0:3:3-9
    put %0, %2
    fulfil %1 !0:4:3-9
    return
}
function @1 "a" params=2 .called {
  b0:
    await %1 !0:11:3-9
    )") + Work +
         R"(
    return
}
)";
}

TEST(SelfJoin, ThroughItsOwnHandle) {
  EXPECT_THAT(told(handle("%2 = get %0\n join %2 !0:12:3-9").c_str()),
              ElementsAre("self-join:12 proven: join of 'a' can block for ever: task 'a' "
                          "waits for its own end"));
  EXPECT_THAT(told(handle("%2 = get %0\n detach %2 !0:12:3-9").c_str()), IsEmpty());
}
