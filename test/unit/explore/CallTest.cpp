// Calls through callables: of what is known, of null, and of what could be anything.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

/// Hands an event to \p Callable and waits for it.
static Names handedTo(const std::string &Callable) {
  return stuck(R"(
    unit "a.cpp"
    global 0 "table" .internal .constant init=@3
    global 1 "changed" .internal init=@3
    function @0 "f" params=1 {
      b0:
        %1 = make event "done"
        %2 = )" + Callable + R"(
        invoke %2, %1
        await %1
        return
    }
    function @1 "sets" params=1 {
      b0:
        fulfil %0
        return
    }
    function @2 "does nothing" params=1 {
      b0:
        return
    }
    function @3 "initializer" {
      b0:
        %0 = cell @2
        return %0
    }
  )");
}

TEST(Call, KnownCallee) {
  EXPECT_EQ(handedTo("move @1"), Names{});
  EXPECT_EQ(handedTo("move @2"), Names{"await 'done'"});
}

TEST(Call, NullIsNoPath) { EXPECT_EQ(handedTo("move null"), Names{}); }

TEST(Call, UnknownCalleeMayDoAnything) {
  EXPECT_EQ(handedTo("move ?"), Names{});
  EXPECT_EQ(handedTo("move %0"), Names{});
}

TEST(Call, ConstantsAreKnownOtherGlobalsNot) {
  EXPECT_EQ(handedTo("get $0"), Names{"await 'done'"});
  EXPECT_EQ(handedTo("get $1"), Names{});
}

TEST(Call, ResultOfUnknownCalleeIsOneValue) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" params=1 {
      b0:
        %1 = make event "done"
        %2 = invoke %0
        branch %2 b1 b2
      b1:
        fulfil %1
        jump b2
      b2:
        branch %2 b3 b4
      b3:
        await %1
        return
      b4:
        return
    }
  )"),
            Names{});
}

TEST(Call, NumberPassedWhereAReferenceIsExpected) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make counter 0 "n"
        %1 = spawn @1, %0, 2
        acquire %0, 2
        acquire %0, 1
        return
    }
    function @1 "release" params=2 {
      b0:
        %2 = get %1
        count %0, %2
        return
    }
  )"),
            Names{"acquire 'n'"});
}

TEST(Call, ALoopBehindAnUpdateOutOfSightIsLeft) {
  // Nobody comes between an atomic's read and its write; an extern's .update begins none.
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" params=1 {
      b0:
        extern.update "erase" %0
        jump b1
      b1:
        %1 = load "is wanted" %0
        branch %1 b2 b3
      b2:
        jump b4
      b3:
        jump b4
      b4:
        %2 = load "more" %0
        branch %2 b1 b5
      b5:
        return
    }
  )"),
            Names{});
}
