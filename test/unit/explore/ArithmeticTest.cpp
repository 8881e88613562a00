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

TEST(Arithmetic, Unsigned) {
  EXPECT_EQ(counts("lt -1, 5"), Names{"await 'wg'"});
  EXPECT_EQ(counts("lt.unsigned -1, 5"), Names{});
  EXPECT_EQ(counts("le.unsigned 5, -1"), Names{"await 'wg'"});
  EXPECT_EQ(counts("lt.unsigned -2, -1"), Names{"await 'wg'"});
  EXPECT_EQ(counts("lt.unsigned 2, 5"), Names{"await 'wg'"});
}

/// Whether \p Test holds of what \p Compute gives. %0 is 100.
static bool holds(const std::string &Compute, const std::string &Test) {
  return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      slot %0 "large"
      b0:
        %0 = move 100
        %1 = make counter 0 "wg"
        %2 = )" + Compute + R"(
        %3 = )" + Test + R"(
        branch %3 b1 b2
      b1:
        count %1, 1
        jump b2
      b2:
        await %1
        return
    }
  )") == Names{"await 'wg'"};
}

TEST(Arithmetic, NegativeNumbersAreWrittenAsPositiveOnesAre) {
  EXPECT_TRUE(holds("sub 0, 11", "eq %2, -11"));
  EXPECT_TRUE(holds("sub 0, 100", "eq %2, -100"));
  EXPECT_TRUE(holds("sub 0, 100", "lt %2, -11"));
  EXPECT_FALSE(holds("sub 0, 11", "eq %2, -12"));
}

TEST(Arithmetic, TheSmallestNumberIsNotNegated) {
  EXPECT_FALSE(holds("move -9223372036854775808", "eq 3, 4"));
}

TEST(Arithmetic, QuotientsAndRemainders) {
  EXPECT_TRUE(holds("div 7, 2", "eq %2, 3"));
  EXPECT_TRUE(holds("rem 7, 4", "eq %2, 3"));
  EXPECT_TRUE(holds("rem %0, 100", "eq %2, 0"));
  EXPECT_TRUE(holds("rem 5, %0", "eq %2, 5"));
  EXPECT_TRUE(holds("div 5, %0", "eq %2, 0"));
  EXPECT_FALSE(holds("rem 8, 4", "eq %2, 3"));
  EXPECT_TRUE(holds("rem.unsigned -1, 8", "eq %2, 7"));
  EXPECT_FALSE(holds("rem.unsigned -1, 7", "eq %2, -1"));
  EXPECT_FALSE(holds("div.unsigned -1, 2", "eq %2, 0"));
}

TEST(Arithmetic, Bits) {
  EXPECT_TRUE(holds("bitor 1024, 1", "lt 1024, %2"));
  EXPECT_TRUE(holds("bitxor 1025, 1", "eq %2, 1024"));
  EXPECT_TRUE(holds("bitand 1025, -2", "eq %2, 1024"));
  EXPECT_TRUE(holds("shl 1, 10", "eq %2, 1024"));
  EXPECT_TRUE(holds("shr 1024, 9", "eq %2, 2"));
  EXPECT_TRUE(holds("bitand %0, 36", "eq %2, 36"));
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
