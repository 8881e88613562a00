// Cancels: requested on the object, on its parent, on a task.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

TEST(Cancel, RequestEndsWait) {
  auto With = [](const std::string &Then) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 0 "c"
        %1 = make cancel "stop"
        %5 = make cancel %1 "child"
        %2 = closure @1, %0, %5
        %3 = spawn "receiver" %2
        )" + Then + R"(
        join %3
        return
    }
    function @1 "receive" params=2 captures=2 {
      b0:
        %2, %3 = receive %0 cancel=%1
        return
    }
  )");
  };
  EXPECT_EQ(With(""), (Names{"join 'receiver'", "receive 'c'"}));
  EXPECT_EQ(With("request %1"), Names{}) << "of the parent";
  EXPECT_EQ(With("request %5"), Names{});
  EXPECT_EQ(With("escape %5"), Names{}) << "the outside may request it";
}

TEST(Cancel, AmbientEndsWait) {
  auto With = [](const std::string &Flag) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "e"
        %1 = make cancel "stop"
        %2 = closure @1, %0
        %3 = spawn "waiter" %2 cancel=%1
        request %1
        join %3
        return
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        await)" + Flag + R"( %0
        return
    }
  )");
  };
  EXPECT_EQ(With(".ambient"), Names{});
  EXPECT_EQ(With(""), (Names{"await 'e'", "join 'waiter'"}));
}

TEST(Cancel, CallbackRuns) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "e"
        %1 = make cancel "stop"
        %2 = make cancel %1 "child"
        %3 = closure @1, %0
        onrequest %2, %3
        request %1
        await %0
        return
    }
    function @1 "fire" params=1 captures=1 {
      b0:
        fulfil %0, 1
        return
    }
  )"),
            Names{});
}

TEST(Cancel, OfATask) {
  // std::jthread: the stop is requested through the task.
  auto With = [](const std::string &Then) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "e"
        %1 = make cancel "stop"
        %2 = closure @1, %0, %1
        %3 = spawn "waiter" %2 cancel=%1
        )" + Then + R"(
        join %3
        return
    }
    function @1 "wait" params=2 captures=2 {
      b0:
        await %0 cancel=%1
        return
    }
  )");
  };
  EXPECT_EQ(With("request %3"), Names{});
  EXPECT_EQ(With("escape %3"), Names{}) << "who has the handle may request it";
  EXPECT_EQ(With(""), (Names{"await 'e'", "join 'waiter'"}));
}

/// A task that is cancelled while \p Before has been done by it.
static Names masked(const std::string &Before) {
  return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "e"
        %1 = make cancel "stop"
        %2 = closure @1, %0
        %3 = spawn.terminates "waiter" %2 cancel=%1
        request %3
        join %3
        return
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        )" + Before +
               R"(
        await.ambient %0 on(cancelled=throw)
        return
    }
  )");
}

TEST(Cancel, Mask) {
  EXPECT_EQ(masked(""), Names{}) << "it ends, and not the process";
  EXPECT_EQ(masked("mask 1"), (Names{"await 'e'", "join 'waiter'"}));
  EXPECT_EQ(masked("%1 = mask 1\n mask %1"), Names{}) << "as it was before";
  EXPECT_EQ(masked("mask 1\n %1 = mask 1\n mask %1"), (Names{"await 'e'", "join 'waiter'"}));
  EXPECT_EQ(masked("mask ?"), Names{});
}

TEST(Cancel, ThatNobodyHearsIsNoStep) {
  auto States = [](const std::string &Hears, const std::string &Then) {
    Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make counter 0 "c"
        %1 = make cancel "stop"
        %2 = closure @1, %0
        %3 = spawn "one" %2 cancel=%1
        %4 = spawn "other" %2 cancel=%1
        )" + Then + R"(
        join %3
        join %4
        return
    }
    function @1 "work" params=1 captures=1 {
      b0:
        count %0, 1
        acquire %0, 1 )" + Hears + R"(
        return
    }
  )");
    return run(U).Stats.States;
  };
  EXPECT_EQ(States("", "request %3\n        request %4"), States("", ""));
  EXPECT_GT(States(".ambient", "request %3\n        request %4"), States(".ambient", ""));
}
