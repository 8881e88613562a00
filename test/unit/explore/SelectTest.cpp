// Multi-way waits.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

TEST(Select, FirstOneEndsIt) {
  auto With = [](const std::string &Then) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 0 "a"
        %1 = make channel 0 "b"
        %2 = closure @1, %0, %1
        %3 = spawn "selector" %2
        )" + Then + R"(
        join %3
        return
    }
    function @1 "choose" params=2 captures=2 {
      b0:
        %2 = closure @2, %0
        %3 = closure @2, %1
        %4 = select %2, %3
        return
    }
    function @2 "receive" params=1 captures=1 {
      b0:
        %1, %2 = receive %0
        return
    }
  )");
  };
  EXPECT_EQ(With(""), (Names{"join 'selector'", "select ''"}));
  EXPECT_EQ(With("send %0, 1"), Names{});
  EXPECT_EQ(With("send %1, 1"), Names{});
}

TEST(Select, IndexAndEvery) {
  auto With = [](const std::string &Flag) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "never"
        %1 = closure @1, %0
        %2 = select)" + Flag + R"( %1, @2
        branch %2 b1 b2
      b1:
        return
      b2:
        await %0
        return
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        await %0
        return
    }
    function @2 "now" {
      b0:
        return
    }
  )");
  };
  EXPECT_EQ(With(""), Names{}) << "the second one is first, so the index is 1";
  EXPECT_EQ(With(".every"), Names{"select ''"});
}

TEST(Select, CasesAreTold) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "one"
        %1 = make event "two"
        %2 = closure @1, %0
        %3 = closure @1, %1
        %4 = select %2, %3
        return
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        await %0
        return
    }
  )");
  Exploration E = run(U);
  ASSERT_EQ(E.Stucks.size(), 1u);
  EXPECT_EQ(E.Stucks[0].Cases.size(), 2u);
}

TEST(Select, ExceptionEndsEvery) {
  // Of two that are both waited for, the one that throws cancels the other.
  auto With = [](const std::string &Flag, const std::string &End) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "never"
        %1 = closure @1, %0
        %2 = select)" + Flag + R"( %1, @2
        return
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        await %0
        return
    }
    function @2 "now" {
      b0:
        )" + End + R"(
    }
  )");
  };
  EXPECT_EQ(With(".every", "throw"), Names{});
  EXPECT_EQ(With(".every", "return"), Names{"select ''"});
  EXPECT_EQ(With("", "throw"), Names{"select ''"});
  EXPECT_EQ(With("", "return"), Names{});
}

TEST(Select, HangsWithItsCases) {
  // What only waits for the outside is no victim, alone or among others.
  auto With = [](const std::string &Case) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "never"
        %1 = closure @1, %0
        %2 = select.every %1, @2
        return
    }
    function @1 "one" params=1 captures=1 {
      b0:
        )" + Case + R"(
        return
    }
    function @2 "two" {
      b0:
        jump b1
      b1:
        yield
        branch ? b1 b2
      b2:
        return
    }
  )");
  };
  EXPECT_EQ(With("outside \"read\""), Names{});
  EXPECT_EQ(With("await %0"), Names{"select ''"});
}
