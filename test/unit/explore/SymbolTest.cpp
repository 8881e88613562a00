// Unknown conditions and counts: decided once, told as assumptions.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

/// Counts up if \p First, down if \p Second (instructions that set %2 and %3), then awaits.
static Names correlated(const std::string &First, const std::string &Second) {
  return stuck(R"(
    unit "a.cpp"
    function @0 "f" params=1 {
      slot %0 "flag"
      b0:
        %1 = make counter 0 "n"
        )" + First + R"(
        branch %2 b1 b2
      b1:
        count %1, 1
        jump b2
      b2:
        )" + Second + R"(
        branch %3 b3 b4
      b3:
        count %1, -1
        jump b4
      b4:
        await %1
        return
    }
  )");
}

TEST(Symbol, TwoTestsAgree) {
  EXPECT_EQ(correlated("%2 = move %0", "%3 = move %0"), Names{});
  EXPECT_EQ(correlated("%2 = not %0", "%3 = eq %0, 0"), Names{});
  EXPECT_EQ(correlated("%2 = eq %0, 5", "%3 = eq %0, 5"), Names{});
  EXPECT_EQ(correlated("%2 = lt %0, 0", "%3 = lt %0, 0"), Names{});
  EXPECT_EQ(correlated("%2 = opaque \"is\" %0", "%3 = opaque \"is\" %0"), Names{});
  EXPECT_EQ(correlated("%2 = load \"on\" %0", "%3 = load \"on\" %0"), Names{});
  EXPECT_EQ(correlated("%4 = ne %0, 7\n %2 = not %4", "%3 = eq %0, 7"), Names{});
}

TEST(Symbol, DifferentTestsDoNot) {
  EXPECT_EQ(correlated("%2 = move ?", "%3 = move ?"), Names{"await 'n'"});
  EXPECT_EQ(correlated("%2 = opaque \"is\" %0", "%3 = opaque \"has\" %0"), Names{"await 'n'"});
  EXPECT_EQ(correlated("%2 = eq %0, 5", "%3 = eq %0, 6"), Names{"await 'n'"});
  EXPECT_EQ(correlated("%2 = load \"on\" %0", "store \"on\" %0, ?\n %3 = load \"on\" %0"),
            Names{"await 'n'"});
}

TEST(Symbol, AssumptionsAreToldAndFew) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" params=2 {
      slot %0 "err"
      slot %1 "other"
      b0:
        %2 = make event "never"
        branch %1 b1 b1
      b1:
        %3 = opaque "extra"
        branch %3 b2 b2
      b2:
        branch %0 b3 b4
      b3:
        await %2
        return
      b4:
        return
    }
  )");
  Exploration E = run(U);
  ASSERT_EQ(E.Stucks.size(), 1u);
  ASSERT_EQ(E.Stucks[0].Assumptions.size(), 1u);
  EXPECT_EQ(E.Stucks[0].Assumptions[0].Text, "`err` is true");
}

TEST(Symbol, ThrowIsAnAssumption) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0 unwind b1:
        %0 = make event "never"
        extern.throws "parse"
        return
      b1:
        await %0
        return
    }
  )");
  Exploration E = run(U);
  ASSERT_EQ(E.Stucks.size(), 1u);
  ASSERT_EQ(E.Stucks[0].Assumptions.size(), 1u);
  EXPECT_EQ(E.Stucks[0].Assumptions[0].Text, "`parse` throws");
}

/// Counts up for each element of what %0 is, then awaits as many.
TEST(Symbol, SizeOfAnUnknownContainerIsOneNumber) {
  Unit U = parse(R"skel(
    unit "a.cpp"
    function @0 "f" params=1 {
      slot %0 "jobs"
      b0:
        %1 = make counter 0 "done"
        %2 = move 0
        jump b1
      b1:
        %3 = size %0 "jobs.size()"
        %4 = lt %2, %3
        branch %4 b2 b3
      b2:
        count %1, 1
        %2 = add %2, 1
        jump b1
      b3:
        %5 = size %0 "jobs.size()"
        acquire %1, %5
        return
    }
  )skel");
  Exploration E = run(U);
  EXPECT_TRUE(E.Stucks.empty());
  EXPECT_FALSE(E.Stats.OverBudget);
}

/// Spawns a task for each i < %0, and awaits as many as \p Start says.
static Unit loops(const std::string &Bound) {
  return parse(R"(
    unit "a.cpp"
    function @0 "f" params=2 {
      slot %0 "n"
      slot %1 "m"
      b0:
        %2 = make counter 0 "wg"
        %3 = move 0
        %8 = move 0
        jump b1
      b1:
        %4 = lt %3, %0
        branch %4 b2 b3
      b2:
        count %2, 1
        %3 = add %3, 1
        jump b1
      b3:
        %7 = lt %8, )" + Bound + R"(
        branch %7 b4 b5
      b4:
        count %2, -1
        %8 = add %8, 1
        jump b3
      b5:
        await %2
        return
    }
  )");
}

TEST(Symbol, LoopsShareABound) {
  Unit Same = loops("%0"), Other = loops("%1");
  EXPECT_EQ(names(Same, run(Same)), Names{});
  Exploration E = run(Other);
  ASSERT_EQ(names(Other, E), Names{"await 'wg'"});
  ASSERT_EQ(E.Stucks[0].Assumptions.size(), 2u);
  EXPECT_EQ(E.Stucks[0].Assumptions[0].Text, "`n` is 1");
  EXPECT_EQ(E.Stucks[0].Assumptions[1].Text, "`m` is 0");
}

TEST(Symbol, OutsideMayEndALoop) {
  // Nobody here sets stop_; whoever owns `this` may.
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "run" params=1 {
      slot %0 "this"
      b0:
        %1 = make channel 1 "jobs"
        %2 = closure @1, %1
        %3 = spawn "worker" %2
        jump b1
      b1:
        %4 = load "stop_" %0
        branch %4 b3 b2
      b2:
        send %1, 1
        jump b1
      b3:
        close %1
        join %3
        return
    }
    function @1 "work" params=1 captures=1 {
      b0:
        jump b1
      b1:
        %1, %2 = receive %0
        branch %1 b1 b2
      b2:
        return
    }
  )"),
            Names{});
}

TEST(Numbers, LargeOnesAreMadeSmall) {
  auto With = [](const std::string &Capacity, const std::string &Sends) {
    Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel )" + Capacity + R"( "c"
        %1 = move 0
        jump b1
      b1:
        %2 = lt %1, )" + Sends + R"(
        branch %2 b2 b3
      b2:
        send %0, 1
        %1 = add %1, 1
        jump b1
      b3:
        return
    }
  )");
    Exploration E = run(U);
    EXPECT_LT(E.Stats.States, 80u);
    return names(U, E);
  };
  EXPECT_EQ(With("1000", "1000"), Names{});
  EXPECT_EQ(With("1000", "1001"), Names{"send 'c'"});
  EXPECT_EQ(With("1000", "100"), Names{});
}

TEST(Numbers, SumsStillFit) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make counter 0 "n"
        count %0, 50
        count %0, 50
        acquire %0, 100
        return
    }
  )"),
            Names{});
}

TEST(Numbers, AreToldAsWritten) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" params=1 {
      slot %0 "mode"
      b0:
        %1 = make channel 1 "c"
        %2 = eq %0, 4711
        branch %2 b1 b2
      b1:
        send %1, 1
        send %1, 1
        return
      b2:
        return
    }
  )");
  Exploration E = run(U);
  ASSERT_EQ(E.Stucks.size(), 1u);
  ASSERT_EQ(E.Stucks[0].Assumptions.size(), 1u);
  EXPECT_EQ(E.Stucks[0].Assumptions[0].Text, "`mode` is 4711");
}

TEST(Numbers, ManyTimesOneStillFit) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make counter 0 "n"
        count %0, 30
        count %0, 30
        count %0, 30
        %1 = make counter 100 "room"
        acquire %1, 30
        acquire %1, 30
        acquire %1, 30
        return
    }
  )"),
            Names{});
}
