// Counters, barriers and events: what must come often enough.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

/// Two tasks run \p Body with the wait group %0; the caller waits for it.
static Names group(const std::string &Body, const std::string &Start = "2") {
  return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make counter )" + Start + R"( "wg"
        %1 = closure @1, %0
        %2 = spawn "worker" %1
        %3 = spawn "worker" %1
        await %0
        return
    }
    function @1 "work" params=1 captures=1 {
)" + Body + R"(
    }
  )");
}

TEST(Counter, DoneOnEveryPath) {
  EXPECT_EQ(group("b0:\n count %0, -1\n return"), Names{});
  EXPECT_EQ(group("b0:\n count %0, -1\n return", "3"), Names{"await 'wg'"});
}

TEST(Counter, DoneMissingOnOnePath) {
  EXPECT_EQ(group(R"(b0:
      %1 = opaque "ready"
      branch %1 b1 b2
    b1:
      count %0, -1
      return
    b2:
      return)"),
            Names{"await 'wg'"});
}

TEST(Counter, DoneMissingWhenCalleeThrows) {
  EXPECT_EQ(group(R"(b0:
      extern.throws "work"
      count %0, -1
      return)"),
            Names{"await 'wg'"});
  EXPECT_EQ(group(R"(b0 unwind b1:
      extern.throws "work"
      count %0, -1
      return
    b1:
      count %0, -1
      throw)"),
            Names{});
}

TEST(Counter, SpawnThatCounts) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make counter 0 "group"
        spawn "task" @1 done=%0
        spawn "task" @2 done=%0
        await %0
        return
    }
    function @1 "one" {
      b0:
        return
    }
    function @2 "two" {
      b0:
        extern.throws "work"
        return
    }
  )"),
            Names{});
}

TEST(Counter, Semaphore) {
  auto With = [](const std::string &Start) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make counter )" + Start + R"( "slots"
        acquire %0, 1
        acquire %0, 1
        count %0, 1
        acquire %0, 1
        return
    }
  )");
  };
  EXPECT_EQ(With("1"), Names{"acquire 'slots'"});
  EXPECT_EQ(With("2"), Names{});
}

TEST(Barrier, NeedsAll) {
  auto With = [](const std::string &Participants) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make barrier )" + Participants + R"( "meet"
        %1 = closure @1, %0
        %2 = spawn "worker" %1
        %3 = spawn "worker" %1
        join %2
        join %3
        return
    }
    function @1 "work" params=1 captures=1 {
      b0:
        %1 = arrive %0, 1
        await %0, %1
        %2 = arrive %0, 1
        await %0, %2
        return
    }
  )");
  };
  EXPECT_EQ(With("2"), Names{});
  EXPECT_EQ(With("3"), (Names{"await 'meet'", "join 'worker'"}));
}

TEST(Barrier, OneWhoLeavesIsNotWaitedFor) {
  auto With = [](const std::string &Leave) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make barrier 2 "meet"
        %1 = closure @1, %0
        %2 = spawn "worker" %1
        %3 = arrive)" + Leave + R"( %0, 1
        join %2
        return
    }
    function @1 "work" params=1 captures=1 {
      b0:
        %1 = arrive %0, 1
        await %0, %1
        %2 = arrive %0, 1
        await %0, %2
        return
    }
  )");
  };
  EXPECT_EQ(With(".drop"), Names{});
  EXPECT_EQ(With(""), (Names{"await 'meet'", "join 'worker'"}));
}

/// A task runs \p Body with the event %0; the caller awaits it.
static Names event(const std::string &Body) {
  return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "result"
        %1 = closure @1, %0
        %2 = spawn "worker" %1
        %3, %4 = await %0 on(broken=throw)
        return
    }
    function @1 "work" params=1 captures=1 {
)" + Body + R"(
    }
  )");
}

TEST(Event, FulfilledBrokenOrForgotten) {
  EXPECT_EQ(event("b0:\n fulfil %0, 1\n return"), Names{});
  EXPECT_EQ(event("b0:\n fulfil.fails %0, 1\n return"), Names{});
  EXPECT_EQ(event("b0:\n break %0\n return"), Names{});
  EXPECT_EQ(event("b0:\n return"), Names{"await 'result'"});
}

TEST(Event, TaskThatFulfils) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "result"
        %1 = spawn "worker" @1 fulfil=%0
        join %0
        %2, %3 = await %0
        %4 = eq %3, 5
        branch %4 b1 b2
      b1:
        return
      b2:
        %5 = make event "never"
        await %5
        return
    }
    function @1 "work" {
      b0:
        return 5
    }
  )"),
            Names{});
}

TEST(Timer, FiresOrIsInterrupted) {
  auto With = [](const std::string &Make, const std::string &Then) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make timer )" + Make + R"( "alarm"
        %1 = closure @1, %0
        %2 = spawn "sleeper" %1
        )" + Then + R"(
        join %2
        return
    }
    function @1 "sleep" params=1 captures=1 {
      b0:
        await %0
        return
    }
  )");
  };
  EXPECT_EQ(With("1", ""), Names{});
  EXPECT_EQ(With("0", ""), (Names{"await 'alarm'", "join 'sleeper'"}));
  // The sleeper may begin to wait only after the interrupt.
  EXPECT_EQ(With("0", "interrupt %0"), (Names{"await 'alarm'", "join 'sleeper'"}));
  EXPECT_EQ(With("0", "reset %0, 1"), Names{});
}
