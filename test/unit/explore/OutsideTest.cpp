// Calls that wait for the world, and what the outside may do to objects.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

TEST(Outside, HungConsumer) {
  // The queue has room for two; the consumer is in a call that never comes back.
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 1 "orders"
        %1 = closure @1, %0
        %2 = closure @2, %0
        %3 = spawn "consumer" %1
        %4 = spawn "sender" %2
        %5 = spawn "sender" %2
        %6 = spawn "sender" %2
        join %4
        join %5
        join %6
        return
    }
    function @1 "consume" params=1 captures=1 {
      b0:
        jump b1
      b1:
        %1, %2 = receive %0
        outside "save"
        jump b1
    }
    function @2 "send" params=1 captures=1 {
      b0:
        send %0, 1
        return
    }
  )");
  Exploration E = run(U);
  bool Found = false;
  for (const Stuck &S : E.Stucks)
    if (at(U, S.At).Code == Op::Send) {
      Found = true;
      EXPECT_TRUE(S.Assumptions.empty());
      ASSERT_EQ(S.HeldUpBy.size(), 1u);
      EXPECT_TRUE(S.Tasks[S.HeldUpBy[0]].Hung);
      EXPECT_EQ(S.Tasks[S.HeldUpBy[0]].Name, "consumer");
    }
  EXPECT_TRUE(Found);
}

TEST(Outside, TimedOrCancelledEnds) {
  auto With = [](const std::string &Flag, const std::string &Then) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make cancel "stop"
        %1 = closure @1, %0
        %2 = spawn "reader" %1
        )" + Then + R"(
        join %2
        return
    }
    function @1 "read" params=1 captures=1 {
      b0:
        outside)" + Flag + R"( "read" cancel=%0
        return
    }
  )");
  };
  EXPECT_EQ(With("", ""), Names{"join 'reader'"});
  EXPECT_EQ(With(".timed", ""), Names{});
  EXPECT_EQ(With("", "request %0"), Names{});
}

TEST(Outside, ReceiveOfTheWorld) {
  auto With = [](const std::string &Flag) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" params=1 {
      slot %0 "fd"
      b0:
        %1 = closure @1, %0
        %2 = spawn "reader" %1
        join %2
        return
    }
    function @1 "read" params=1 captures=1 {
      b0:
        %1, %2 = receive)" + Flag + R"( %0
        return
    }
  )");
  };
  EXPECT_EQ(With(".world"), Names{"join 'reader'"});
  EXPECT_EQ(With(""), Names{});
}

TEST(Escape, IsSilent) {
  auto With = [](const std::string &Then) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" params=1 {
      slot %0 "this"
      b0:
        %1 = make event "e"
        %2 = closure @1, %1
        %3 = spawn "waiter" %2
        )" + Then + R"(
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        await %0
        return
    }
  )");
  };
  EXPECT_EQ(With("return"), Names{"await 'e'"});
  EXPECT_EQ(With("escape %1\n return"), Names{});
  EXPECT_EQ(With("return %1"), Names{}) << "handed out";
  EXPECT_EQ(With("store \"e\" %0, %1\n return"), Names{}) << "kept by an unknown object";
  EXPECT_EQ(With("extern.escapes \"keep\" %1\n return"), Names{});
  EXPECT_EQ(With("extern \"look\" %1\n return"), Names{"await 'e'"});
}

TEST(Outside, AnotherProcessHasTheChannelToo) {
  auto With = [](const char *Call) {
    return stuck(std::string(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel ? "pipe"
        )") + Call +
                 R"(
        receive %0
        return
    }
  )");
  };
  EXPECT_EQ(With(""), Names{"receive 'pipe'"});
  EXPECT_EQ(With("extern \"other\""), Names{"receive 'pipe'"});
  EXPECT_EQ(With("extern.world \"fork\""), Names{});
}
