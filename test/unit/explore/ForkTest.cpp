// Steps that can go several ways: what comes before the choice is run once, and each
// way sees the world as it was there.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

/// The ways of @0 after two choices; on each, `acquire` wants one more than was counted.
static std::string ways(const std::string &Count) {
  return R"(
    unit "a.cpp"
    function @0 "f" params=2 {
      b0:
        %2 = make counter 0 "c"
        %3 = sequence
        append %3, 1
        branch "first" %0 b1 b2
      b1:
        count %2, 1
        append %3, 1
        branch "second" %1 b3 b4
      b2:
        append %3, 1
        append %3, 1
        branch "second" %1 b3 b4
      b3:
        count %2, 1
        jump b4
      b4:
        %4 = size %3
        %5 = add %4, -3
        )" + Count + R"(
        return
    }
  )";
}

TEST(Fork, EachWayStartsFromTheSameWorld) {
  // On the first way there are two elements, on the second three.
  EXPECT_EQ(stuck(ways("%6 = eq %5, 0\nbranch %6 b5 b6\nb5:\nreturn\nb6:\n"
                       "%7 = eq %4, 2\nbranch %7 b5 b7\nb7:\nacquire %2, 9")),
            Names{});
  EXPECT_EQ(stuck(ways("acquire %2, 3")), Names{"acquire 'c'"});
}

TEST(Fork, AssumptionsAreThoseOfTheWay) {
  Unit U = parse(ways("%6 = eq %4, 2\nbranch %6 b6 b5\nb5:\nreturn\nb6:\nacquire %2, 2"));
  Exploration E = run(U);
  ASSERT_EQ(E.Stucks.size(), 1u);
  ASSERT_EQ(E.Stucks[0].Assumptions.size(), 2u);
  EXPECT_EQ(E.Stucks[0].Assumptions[0].Text, "`first` is true");
  EXPECT_EQ(E.Stucks[0].Assumptions[1].Text, "`second` is false");
}

TEST(Fork, WhatIsRunOnceCountsOnce) {
  std::string Before;
  for (int I = 0; I < 200; ++I)
    Before += "append %2, 1\n";
  auto Costs = [&](const std::string &Ways) {
    Unit U = parse("unit \"a.cpp\"\nfunction @0 \"f\" params=1 {\nb0:\n%1 = make counter 0 \"c\"\n"
                   "%2 = sequence\n" + Before + Ways + "}\n");
    Budget Whole;
    return run(U, false, Whole).Stats.Work;
  };
  uint64_t One = Costs("acquire %1, 1\nreturn\n");
  uint64_t Two = Costs("branch \"way\" %0 b1 b2\nb1:\nacquire %1, 1\nreturn\n"
                       "b2:\nacquire %1, 2\nreturn\n");
  EXPECT_LT(Two, One + One / 2);
}
