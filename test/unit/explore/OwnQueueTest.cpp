// A queue class written by the user: a lock, two conditions, a container and a
// flag. It has no model; it is run.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

/// push @1, pop @2, close @3, make @4; the rest is the test's.
static const char Queue[] = R"(
    function @1 "push" params=2 {
      b0:
        %2 = load "m_" %0
        %3 = load "notFull_" %0
        %4 = load "notEmpty_" %0
        %5 = load "items_" %0
        lock %2
        jump b1
      b1:
        %6 = load "closed_" %0
        branch %6 b4 b2
      b2:
        %7 = size %5
        %8 = load "capacity_" %0
        %9 = lt %7, %8
        branch %9 b4 b3
      b3:
        wait %3, %2
        jump b1
      b4:
        %10 = load "closed_" %0
        branch %10 b6 b5
      b5:
        append %5, %1
        notify %4
        unlock %2
        return
      b6:
        unlock %2
        return
    }
    function @2 "pop" params=1 {
      b0:
        %1 = load "m_" %0
        %2 = load "notFull_" %0
        %3 = load "notEmpty_" %0
        %4 = load "items_" %0
        lock %1
        jump b1
      b1:
        %5 = load "closed_" %0
        branch %5 b4 b2
      b2:
        %6 = size %4
        branch %6 b4 b3
      b3:
        wait %3, %1
        jump b1
      b4:
        %7 = size %4
        branch %7 b5 b6
      b5:
        %8 = takefirst %4
        notify %2
        unlock %1
        return 1
      b6:
        unlock %1
        return 0
    }
    function @3 "close" params=1 {
      b0:
        %1 = load "m_" %0
        %2 = load "notFull_" %0
        %3 = load "notEmpty_" %0
        lock %1
        store "closed_" %0, 1
        CLOSE
        unlock %1
        return
    }
    function @4 "make" params=1 {
      b0:
        %1 = new "Queue"
        %2 = make lock "m_"
        store "m_" %1, %2
        %3 = make condition "notFull_"
        store "notFull_" %1, %3
        %4 = make condition "notEmpty_"
        store "notEmpty_" %1, %4
        %5 = sequence
        store "items_" %1, %5
        store "closed_" %1, 0
        store "capacity_" %1, %0
        return %1
    }
    function @5 "consumer" params=1 captures=1 {
      b0:
        jump b1
      b1:
        %1 = call @2 %0
        branch %1 b2 b3
      b2:
        WORK
        jump b1
      b3:
        return
    }
    function @6 "producer" params=1 captures=1 {
      b0:
        call @1 %0, 1
        return
    }
)";

static Unit program(const std::string &Main, const std::string &Work,
                    const std::string &Close = "notify.all %2\n notify.all %3") {
  std::string Text = "unit \"a.cpp\"\nrecord \"Queue\" embedded(m_, notFull_, notEmpty_, items_)\n"
                     "function @0 \"f\" {\n b0:\n" + Main + "\n}\n" + Queue;
  Text.replace(Text.find("WORK"), 4, Work);
  Text.replace(Text.find("CLOSE"), 5, Close);
  return parse(Text);
}

static const char TwoProducers[] = R"(
        %0 = call @4 1
        %1 = closure @5, %0
        %2 = closure @6, %0
        %3 = spawn "consumer" %1
        %4 = spawn "producer" %2
        %5 = spawn "producer" %2
        join %4
        join %5
        call @3 %0
        join %3
        return
)";

TEST(OwnQueue, Clean) {
  Unit U = program(TwoProducers, "yield");
  Exploration E = run(U);
  EXPECT_EQ(names(U, E), Names{});
  EXPECT_FALSE(E.Stats.OverBudget);
  EXPECT_LT(E.Stats.States, 200u);
}

TEST(OwnQueue, CloseForgetsToWake) {
  Unit U = program(TwoProducers, "yield", "notify.all %2");
  EXPECT_EQ(names(U, run(U)), (Names{"join 'consumer'", "wait 'notEmpty_'"}));
}

TEST(OwnQueue, NotClosed) {
  std::string Main = TwoProducers;
  Main.replace(Main.find("call @3 %0"), 10, "");
  Unit U = program(Main, "yield");
  Exploration E = run(U);
  EXPECT_EQ(names(U, E), (Names{"join 'consumer'", "wait 'notEmpty_'"}));
  for (const Stuck &S : E.Stucks) {
    if (at(U, S.At).Code != Op::Wait)
      continue;
    EXPECT_EQ(U.Functions[S.At.F].Name, "pop");
    ASSERT_EQ(S.Callers.size(), 1u);
    EXPECT_EQ(U.Functions[S.Callers[0].F].Name, "consumer");
    EXPECT_TRUE(S.Assumptions.empty());
  }
}

/// The war story: the consumer hangs in a call, the senders pile up.
TEST(OwnQueue, HungConsumer) {
  Unit U = program(R"(
        %0 = call @4 1
        %1 = closure @5, %0
        %2 = closure @6, %0
        %3 = spawn "consumer" %1
        %4 = spawn "producer" %2
        %5 = spawn "producer" %2
        %6 = spawn "producer" %2
        join %4
        join %5
        join %6
        call @3 %0
        join %3
        return
)",
                   "outside \"save\"");
  Exploration E = run(U);
  EXPECT_FALSE(E.Stats.OverBudget);
  EXPECT_LT(E.Stats.States, 500u);
  const Stuck *Sender = nullptr;
  for (const Stuck &S : E.Stucks)
    if (S.Object == "notFull_")
      Sender = &S;
  ASSERT_TRUE(Sender);
  EXPECT_TRUE(Sender->Assumptions.empty());
  ASSERT_EQ(Sender->HeldUpBy.size(), 1u);
  EXPECT_TRUE(Sender->Tasks[Sender->HeldUpBy[0]].Hung);
}

TEST(OwnQueue, TimedCallInConsumer) {
  Unit U = program(TwoProducers, "outside.timed \"save\"");
  EXPECT_EQ(names(U, run(U)), Names{});
}
