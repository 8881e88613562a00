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
