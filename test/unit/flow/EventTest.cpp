// Events that a function fulfils on one path and forgets on another.

#include "Flow.h"

#include "gtest/gtest.h"

using namespace taskleak;

static std::string inWork(const std::string &Body, const std::string &More = "") {
  return open("function @0 \"work\" params=1 {\nslot %0 \"ready\"\n" + Body + "}\n" + More);
}

TEST(Event, ForgottenOnAnEarlyReturn) {
  EXPECT_EQ(inWork(R"(b0:
  branch "bad" ? b1 b2
b1:
  return
b2:
  fulfil %0, 1
  return
)"),
            "event ready: b2.0 open at b1.0, early return `bad` b0.0\n");
}

TEST(Event, ForgottenInTheElseBranch) {
  EXPECT_EQ(inWork(R"(b0:
  branch "found" ? b1 b2
b1:
  fulfil %0, 1
  jump b3
b2:
  extern "log"
  jump b3
b3:
  return
)"),
            "event ready: b1.0 open at b3.0, else `found` b0.0\n");
}

TEST(Event, ForgottenInAHandler) {
  EXPECT_EQ(inWork(R"(b0 unwind b1:
  %1 = extern.throws "compute"
  fulfil %0, %1
  return
b1:
  extern "log"
  return
)"),
            "event ready: b0.1 open at b1.1, exception `compute` b0.0 (may throw)\n");
}

TEST(Event, ForgottenByAnExplicitThrow) {
  EXPECT_EQ(inWork(R"(b0:
  branch "bad" ? b1 b2
b1:
  throw
b2:
  fulfil %0
  return
)"),
            "event ready: b2.0 open at b1.0, early return `bad` b0.0\n");
}

TEST(Event, CapturedByATask) {
  EXPECT_EQ(inWork(R"(b0:
  branch "ok" ? b1 b2
b1:
  fulfil %0
  return
b2:
  return
)",
                   R"(function @1 "serve" {
b0:
  %0 = make event "ready"
  %1 = closure @0, %0
  %2 = spawn "worker" %1
  await %0
  return
})"),
            "event ready: b1.0 open at b2.0, early return `!ok` b0.0\n");
}

TEST(Event, FailedOnTheOtherPathIsClean) {
  EXPECT_EQ(inWork(R"(b0 unwind b1:
  %1 = extern.throws "compute"
  fulfil %0, %1
  return
b1:
  fulfil.fails %0
  return
)"),
            "");
}

TEST(Event, BrokenByADestructorIsClean) {
  EXPECT_EQ(inWork(R"(b0:
  branch "bad" ? b1 b2
b1:
  break.implicit %0
  return
b2:
  fulfil %0
  break.implicit %0
  return
)"),
            "");
}

TEST(Event, MovedOnIsClean) {
  EXPECT_EQ(inWork(R"(b0:
  branch "later" ? b1 b2
b1:
  %1 = closure @1, %0
  extern.escapes "post" %1
  return
b2:
  fulfil %0
  return
)",
                   R"(function @1 "lambda" params=1 captures=1 {
b0:
  fulfil %0
  return
})"),
            "");
}

TEST(Event, StoredForLaterIsClean) {
  EXPECT_EQ(inWork(R"(b0:
  branch "later" ? b1 b2
b1:
  append $0, %0
  return
b2:
  fulfil %0
  return
)",
                   "global 0 \"waiting\"\n"),
            "");
}

TEST(Event, MethodThatMayBeCalledAgainIsClean) {
  EXPECT_EQ(inWork(R"(b0:
  branch "last" ? b1 b2
b1:
  %1 = load "ready_" %0
  fulfil %1
  return
b2:
  return
)"),
            "");
}

TEST(Event, FulfilledByAnotherFunctionOtherwiseIsClean) {
  EXPECT_EQ(inWork(R"(b0:
  branch "now" ? b1 b2
b1:
  fulfil %0
  return
b2:
  return
)",
                   R"(function @1 "serve" {
b0:
  %0 = make event "ready"
  call @0 %0
  fulfil %0
  return
})"),
            "");
}

TEST(Event, NeverFulfilledHereIsSomebodyElses) {
  EXPECT_EQ(inWork("b0:\n  await %0\n  return\n"), "");
}
