// Who is stuck whatever comes, though not all that comes is looked at.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

/// Three tasks count without end, which takes more states than there are, beside \p Others.
static Names besideMuchElse(const std::string &Others) {
  Unit U = parse(R"(
    unit "a.cpp"
    record "Box"
    function @0 "f" {
      b0:
        %0 = make channel ? "c"
        %1 = closure @1, %0
        spawn "t" %1
        spawn "t" %1
        spawn "t" %1
        )" + Others + R"(
        yield
        %9 = receive %0
        jump b1
      b1:
        send %0, 1
        jump b1
    }
    function @1 "count" params=1 captures=1 {
      b0:
        %1 = move 0
        jump b1
      b1:
        send %0, %1
        %1 = add %1, 1
        jump b1
    }
    function @2 "relock" params=1 captures=1 {
      b0:
        lock "m" %0
        lock "m" %0
        return
    }
    function @3 "reply" params=1 captures=1 {
      b0:
        await %0
        return
    }
  )");
  Budget Limits;
  Limits.States = 150;
  Exploration E = run(U, false, Limits);
  EXPECT_TRUE(E.Stats.OverBudget);
  return names(U, E);
}

TEST(StaysBlocked, WhoHoldsItselfUpByALock) {
  EXPECT_EQ(besideMuchElse("%2 = make lock \"m\"\n%3 = closure @2, %2\nspawn \"relocker\" %3"),
            Names{"lock 'm'"});
}

TEST(StaysBlocked, WhoWaitsForWhatNobodyElseCanReach) {
  std::string Waits = "%2 = make event \"reply\"\n%3 = closure @3, %2\nspawn \"asker\" %3\n";
  EXPECT_EQ(besideMuchElse(Waits), Names{"await 'reply'"});
  // Somebody who runs could still bring it.
  std::string Kept = "%4 = new \"Box\"\nstore \"reply\" %4, %2\nescape %4";
  EXPECT_EQ(besideMuchElse(Waits + Kept), Names{});
}
