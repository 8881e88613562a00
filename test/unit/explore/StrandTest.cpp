// Tasks of one strand, groups that are killed, joins.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

TEST(Strand, OneAtATime) {
  // The fiber that spins never lets the other one run; the one that yields does.
  auto With = [](const std::string &Pause) {
    return stuck(R"(
    unit "a.cpp"
    record "Flag"
    function @0 "f" {
      b0:
        %0 = make counter 0 "executor"
        %1 = make counter 0 "other"
        %6 = make event "done"
        %2 = new "Flag"
        store "go" %2, 0
        %3 = closure @1, %2, %6
        %4 = closure @2, %2
        spawn "spinner" %3 strand=%0
        spawn "setter" %4 strand=%0
        await %6
        return
    }
    function @1 "spin" params=2 captures=2 {
      b0:
        jump b1
      b1:
        %2 = load "go" %0
        branch %2 b3 b2
      b2:
        )" + Pause + R"(
        jump b1
      b3:
        fulfil %1, 1
        return
    }
    function @2 "set" params=1 captures=1 {
      b0:
        store "go" %0, 1
        return
    }
  )");
  };
  EXPECT_EQ(With("yield"), Names{});
  EXPECT_EQ(With(""), Names{"await 'done'"});
}

TEST(Strand, CooperativeTasksShareTheSpawners) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 0 "c"
        %1 = closure @1, %0
        %2 = spawn.cooperative "fiber" %1
        %3, %4 = receive %0
        join %2
        return
    }
    function @1 "send" params=1 captures=1 {
      b0:
        send %0, 1
        return
    }
  )"),
            Names{});
}

/// Two tasks, started one after the other: a wait without a condition and its notice.
static std::string noticeAfterWait(const std::string &First, const std::string &Second,
                                   const std::string &Before = "") {
  return R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "m"
        %1 = make condition "cond"
        %2 = closure @1, %0, %1
        %3 = closure @2, %1
        )" +
         Before + R"(
        %4 = spawn)" + First + R"( "waiter" %2
        %5 = spawn)" + Second + R"( "notifier" %3
        join %4
        join %5
        return
    }
    function @1 "wait" params=2 captures=2 {
      b0:
        lock %0
        wait %1, %0
        unlock %0
        return
    }
    function @2 "notify" params=1 captures=1 {
      b0:
        notify %0
        return
    }
    function @3 "nothing" {
      b0:
        return
    }
  )";
}

TEST(Turns, WhoIsReadyFirstRunsFirst) {
  Names Both = {"join 'waiter'", "wait 'cond'"};
  std::string InTurn = ".cooperative.inturn";
  EXPECT_EQ(stuck(noticeAfterWait(InTurn, InTurn)), Names{});
  EXPECT_EQ(stuck(noticeAfterWait(InTurn, InTurn, "yield")), Names{});
  EXPECT_EQ(stuck(noticeAfterWait(".cooperative", ".cooperative")), Both);
  EXPECT_EQ(stuck(noticeAfterWait(InTurn, ".cooperative")), Both);
  EXPECT_EQ(stuck(noticeAfterWait(InTurn, "")), Both);
}

TEST(Turns, AtOnceComesBeforeThoseThatAreReady) {
  Names Both = {"join 'waiter'", "wait 'cond'"};
  std::string InTurn = ".cooperative.inturn", AtOnce = ".cooperative.inturn.atonce";
  EXPECT_EQ(stuck(noticeAfterWait(AtOnce, AtOnce)), Names{});
  EXPECT_EQ(stuck(noticeAfterWait(AtOnce, InTurn)), Names{});
  EXPECT_EQ(stuck(noticeAfterWait(InTurn, AtOnce)), Both);
  // Who starts a task that runs at once stands behind all that were ready.
  EXPECT_EQ(stuck(noticeAfterWait(InTurn, AtOnce, "yield")), Both);
}

/// A pair without a buffer: the main task waits with a time-out.
static std::string offerWithTimeout(const std::string &Spawn) {
  return R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 0 "c"
        %1 = closure @1, %0
        %2 = spawn)" +
         Spawn + R"( "sender" %1
        %3, %4 = receive.timed %0
        join %2
        return
    }
    function @1 "send" params=1 captures=1 {
      b0:
        send %0, 1
        return
    }
  )";
}

TEST(Turns, ATimeoutMayComeBeforeATaskHasRun) {
  EXPECT_EQ(stuck(offerWithTimeout(".cooperative.inturn")), (Names{"join 'sender'", "send 'c'"}));
  EXPECT_EQ(stuck(offerWithTimeout(".cooperative.inturn.atonce")), Names{});
}

TEST(Strand, OthersRunBeforeATimeout) {
  // Only if the receive ends in time does the sender wait for ever.
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 0 "c"
        %1 = closure @1, %0
        %2 = spawn.cooperative "sender" %1
        %3, %4 = receive.timed %0
        branch %3 b1 b2
      b1:
        join %2
        return
      b2:
        exit
    }
    function @1 "send" params=1 captures=1 {
      b0:
        send %0, 1
        send %0, 2
        return
    }
  )"),
            (Names{"join 'sender'", "send 'c'"}));
}

TEST(Kill, EndsTheTasksOfAGroup) {
  auto With = [](const std::string &Then) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make counter 0 "pool"
        %1 = make event "never"
        %2 = closure @1, %1
        spawn "task" %2 done=%0
        )" + Then + R"(
        await %0
        return
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        await %0
        return
    }
  )");
  };
  EXPECT_EQ(With("kill %0"), Names{});
  EXPECT_EQ(With(""), (Names{"await 'never'", "await 'pool'"}));
}

TEST(Join, HeldUpByTheOneJoined) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "never"
        %1 = closure @1, %0
        %2 = spawn "waiter" %1
        join %2
        return
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        await %0
        return
    }
  )");
  Exploration E = run(U);
  ASSERT_EQ(names(U, E), (Names{"await 'never'", "join 'waiter'"}));
  for (const Stuck &S : E.Stucks) {
    bool IsJoin = at(U, S.At).Code == Op::Join;
    EXPECT_EQ(S.HeldUpBy, IsJoin ? std::vector<unsigned>{1} : std::vector<unsigned>{});
  }
}

TEST(Join, OfATaskThatRunsForever) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = spawn "server" @1
        join %0
        return
    }
    function @1 "serve" {
      b0:
        jump b1
      b1:
        extern "step"
        jump b1
    }
  )"),
            Names{});
}

TEST(Strand, KillOfAGroupThatOthersKnow) {
  // Whoever else has the executor, its tasks end with it.
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make counter 0 "executor"
        escape %0
        %1 = make channel 1 "jobs"
        %2 = closure @1, %1
        spawn "worker" %2 done=%0 strand=%0
        kill %0
        return
    }
    function @1 "work" params=1 captures=1 {
      b0:
        receive %0
        return
    }
  )"),
            Names{});
}
