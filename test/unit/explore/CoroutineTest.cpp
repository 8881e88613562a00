// Coroutines: who runs them, where they are suspended for ever and where they only rest.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

/// Main runs a coroutine that suspends once, and then does \p Then with it.
static Names afterFirstRun(const std::string &Then, const std::string &Flags = "") {
  return stuck(R"(
    unit "a.cpp"
    function @0 "main" .main {
      b0:
        %0 = make event "passed"
        %1 = spawn.suspended "job" @1, %0
        resume %1
        )" + Then + R"(
        return 0
    }
    function @1 "job" params=1 {
      b0:
        %1 = suspend)" + Flags + R"( "co_await reply" null
        branch %1 b1 b2
      b1:
        fulfil %0, 1
        return
      b2:
        fulfil %0, 0
        return
    }
  )");
}

TEST(Coroutine, IsSuspendedForEverUnlessResumed) {
  EXPECT_EQ(afterFirstRun(""), Names{"suspend ''"});
  EXPECT_EQ(afterFirstRun("resume %1"), Names{});
}

TEST(Coroutine, EndsWhereItIsDestroyed) {
  EXPECT_EQ(afterFirstRun("resume.drop %1\n await %0"), Names{});
}

TEST(Coroutine, RestsAtWhatItYields) {
  EXPECT_EQ(afterFirstRun("", ".implicit"), Names{});
}

TEST(Coroutine, IsOverAtItsLastSuspension) {
  std::string WaitsUnlessEnded = R"(
        %2 = ended %1
        branch %2 b2 b1
      b1:
        await %0
        jump b2
      b2:
  )";
  EXPECT_EQ(afterFirstRun(WaitsUnlessEnded, ".drop.implicit"), Names{});
  EXPECT_EQ(afterFirstRun(WaitsUnlessEnded, ".implicit"), Names{"await 'passed'"});
}

TEST(Coroutine, MayBeResumedByWhomNobodySees) {
  EXPECT_EQ(afterFirstRun("extern.escapes \"keep\" %1"), Names{});
}

TEST(Coroutine, WhatItIsSuspendedWithRunsInWhoHasResumedIt) {
  // The callable runs when the coroutine stands still: it may resume it at once.
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    record "Promise"
    function @0 "main" .main {
      b0:
        %0 = new "Promise"
        %1 = spawn.suspended "job" @1, %0
        store "task" %0, %1
        resume %1
        return 0
    }
    function @1 "job" params=1 {
      b0:
        %1 = closure @2, %0
        %2 = suspend "co_await ready" %1
        return
    }
    function @2 "await_suspend" params=1 captures=1 {
      b0:
        %1 = load "task" %0
        return %1
    }
  )"),
            Names{});
}

TEST(Coroutine, WhoRunsItWaitsWhileItDoes) {
  // A lock that who resumes holds is wanted by what it runs.
  Names Both{"lock 'm'", "resume 'job'"};
  Names Found = stuck(R"(
    unit "a.cpp"
    function @0 "main" .main {
      b0:
        %0 = make lock "m"
        lock "m" %0
        %1 = spawn.suspended "job" @1, %0
        resume %1
        unlock %0
        return 0
    }
    function @1 "job" params=1 {
      b0:
        lock "m" %0
        unlock %0
        return
    }
  )");
  EXPECT_EQ(Found, Both);
}
