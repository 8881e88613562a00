// Numbers that are no counts: beyond a bound, and products.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

/// Counts up if the instruction \p First says so, down if \p Second does, and awaits zero.
static Names counts(const std::string &First, const std::string &Second = "move 0") {
  return stuck(R"(
    unit "a.cpp"
    function @0 "f" params=1 {
      slot %0 "n"
      b0:
        %1 = make counter 0 "wg"
        %2 = )" + First + R"(
        branch %2 b1 b2
      b1:
        count %1, 1
        jump b2
      b2:
        %3 = )" + Second + R"(
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

TEST(Arithmetic, BeyondAllCounts) {
  EXPECT_EQ(counts("lt 60, %0"), Names{"await 'wg'"});
  EXPECT_EQ(counts("le %0, 60", "move 1"), Names{}) << "the count is below zero then";
  EXPECT_EQ(counts("lt 60, %0", "lt 60, %0"), Names{});
  EXPECT_EQ(counts("le 8, %0", "lt 7, %0"), Names{});
  EXPECT_EQ(counts("lt %0, 5", "le %0, 4"), Names{});
}

TEST(Arithmetic, Products) {
  EXPECT_EQ(counts("mul 2, 0"), Names{});
  EXPECT_EQ(counts("mul 2, 1"), Names{"await 'wg'"});
  EXPECT_EQ(counts("mul \"2n\" %0, 2", "mul \"2n\" %0, 2"), Names{});
}

/// Waits for a record's event after its pointer has been computed with.
static Names awaitsAfter(const std::string &Computed, const std::string &Given = "%3") {
  return stuck(R"(
    unit "a.cpp"
    record "Waiter"
    function @0 "f" params=1 {
      slot %0 "offset"
      b0:
        %1 = make event "answer"
        %2 = new "Waiter"
        store "answer" %2, %1
        %3 = )" + Computed + R"(
        extern.escapes "ask" )" + Given + R"(
        await %1
        return
    }
  )");
}

TEST(Arithmetic, WhatIsComputedFromAPointerMayLeadToItsObject) {
  Names Stuck = {"await 'answer'"};
  EXPECT_EQ(awaitsAfter("move 1"), Stuck);
  EXPECT_EQ(awaitsAfter("move %2"), Names{});
  EXPECT_EQ(awaitsAfter("add %2, %0"), Names{});
  EXPECT_EQ(awaitsAfter("add %2, 0"), Names{});
  EXPECT_EQ(awaitsAfter("sub %2, 4"), Names{});
  EXPECT_EQ(awaitsAfter("bitor %2, 1"), Names{});
  EXPECT_EQ(awaitsAfter("bitand %2, -8"), Names{});
  EXPECT_EQ(awaitsAfter("bitand %2, 7", "0"), Stuck);
  EXPECT_EQ(awaitsAfter("sub %2, %2"), Stuck);
}
