// The addresses of variables with static storage: sentinels are told by them.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

/// Awaits a count that only comes down if \p Same, of two globals that others own.
static Names compared(const std::string &Same) {
  return stuck(R"(
    unit "a.cpp"
    global 0 "end"
    global 1 "job"
    function @0 "f" params=1 {
      slot %0 "given"
      b0:
        %1 = make counter 1 "n"
        %2 = move $0
        )" + Same + R"(
        branch %3 b1 b2
      b1:
        count %1, -1
        jump b2
      b2:
        await %1
        return
    }
  )");
}

TEST(Address, TheAddressOfAGlobalIsItsOwn) {
  EXPECT_EQ(compared("%3 = eq %2, $0"), Names{});
  EXPECT_EQ(compared("%3 = ne %2, $1"), Names{});
  EXPECT_EQ(compared("%3 = ne %2, %1"), Names{});
  EXPECT_EQ(compared("%3 = ne %2, null"), Names{});
  EXPECT_NE(compared("%3 = eq %2, $1"), Names{});
  EXPECT_NE(compared("%3 = eq %2, %0"), Names{});
}

/// Awaits what only the record holds that a list's node is in: nothing else leads there from the list.
static Names awaitsWhole(const std::string &Parts, const std::string &From = "%6") {
  return stuck(R"(
    unit "a.cpp"
    record "Job" embedded(node) leadback()" + Parts + R"()
    function @0 "f" {
      b0:
        %0 = sequence "list"
        call @1 %0
        %6 = at %0, 0
        %7 = whole "node" )" + From + R"(
        %8 = load "done" %7
        await %8
        return
    }
    function @1 "post" params=1 {
      b0:
        %1 = new "Job"
        %2 = new "Node"
        store "node" %1, %2
        %3 = make event "done"
        store "done" %1, %3
        append %0, %2
        return
    }
  )");
}

TEST(Address, APartLeadsToItsWhole) {
  EXPECT_EQ(awaitsWhole("node"), Names{"await 'done'"});
  EXPECT_EQ(awaitsWhole("other"), Names{}) << "it has gone, for nobody could get there";
  EXPECT_EQ(awaitsWhole("node", "null"), Names{});
  EXPECT_EQ(awaitsWhole("node", "?"), Names{});
}

TEST(Address, WhoGetsAPartGetsItsWhole) {
  auto Awaits = [](const std::string &LeadBack) {
    return stuck(R"(
      unit "a.cpp"
      record "Job" embedded(node) )" + LeadBack + R"(
      function @0 "f" {
        b0:
          %1 = new "Job"
          %2 = new "Node"
          store "node" %1, %2
          %3 = make event "done"
          store "done" %1, %3
          extern.escapes "post" %2
          await %3
          return
      }
    )");
  };
  EXPECT_EQ(Awaits(""), Names{"await 'done'"});
  EXPECT_EQ(Awaits("leadback(node)"), Names{});
}

/// Awaits a count that only comes down if %9 holds, of an array of two records and one of numbers.
static Names walks(const std::string &Steps) {
  return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make counter 1 "n"
        %1 = sequence "jobs"
        %2 = new "Job"
        store "id" %2, 1
        append %1, %2
        %3 = new "Job"
        store "id" %3, 2
        append %1, %3
        %4 = sequence "numbers"
        append %4, 5
        append %4, 0
        )" + Steps + R"(
        branch %9 b1 b2
      b1:
        count %0, -1
        jump b2
      b2:
        await %0
        return
    }
  )");
}

TEST(Address, PointersWalkThroughArrays) {
  for (const char *Holds : {"%5 = add.foreign %1, 1\n%6 = load \"id\" %5\n%9 = eq %6, 2",
                            "%5 = add.foreign %2, 1\n%9 = eq %5, %3",
                            "%5 = add %1, 2\n%9 = lt %3, %5",
                            "%5 = add %1, 2\n%6 = sub.foreign %5, 1\n%9 = eq %6, %3",
                            "%5 = sub %3, %1\n%9 = eq %5, 1",
                            "%5 = add.foreign %3, 1\n%6 = add %1, 2\n%9 = eq %5, %6",
                            "%5 = get %4\n%9 = eq %5, 5",
                            "%5 = add.foreign %4, 1\n%6 = get %5\n%9 = eq %6, 0",
                            "%5 = add.foreign %4, 1\nput %5, 7\n%6 = at %4, 1\n%9 = eq %6, 7",
                            "%5 = add.foreign %4, 1\n%6 = at %5, -1\n%9 = eq %6, 5"}) {
    SCOPED_TRACE(Holds);
    EXPECT_EQ(walks(Holds), Names{});
  }
  EXPECT_NE(walks("%5 = add %1, 2\n%9 = lt %5, %3"), Names{});
  EXPECT_NE(walks("%5 = add.foreign %4, 1\n%9 = get %5"), Names{});
}

TEST(Address, WhatLeadsToNoElementIsForeign) {
  // Nobody is blamed on a guess about it.
  EXPECT_EQ(walks("%5 = add.foreign %1, 3\n%9 = eq %5, %3"), Names{});
  EXPECT_EQ(walks("%5 = add.foreign %0, 1\n%6 = load \"id\" %5\n%9 = eq %6, 2"), Names{});
}
