// Bounds: over them the explorer is silent and says so.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

static const char Leak[] = R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "never"
        %1 = closure @1, %0
        spawn "a" %1
        spawn "b" %1
        spawn "c" %1
        return
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        yield
        await %0
        return
    }
)";

TEST(Budget, States) {
  Budget Small;
  Small.States = 1;
  Unit U = parse(Leak);
  Exploration E = run(U, false, Small);
  EXPECT_TRUE(E.Stats.OverBudget);
  EXPECT_EQ(E.Stats.OverWhat, "states");
  EXPECT_TRUE(E.Stucks.empty());
  EXPECT_EQ(names(U, run(U)), Names{"await 'never'"});
}

TEST(Budget, WhoCannotMoveWhateverComesIsStuck) {
  // Two tasks take two locks crosswise, again and again, and count each round.
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "a"
        %1 = make lock "b"
        %2 = make channel ? "rounds"
        %3 = closure @1, %0, %1, %2
        spawn "there" %3
        %4 = closure @1, %1, %0, %2
        spawn "back" %4
        return
    }
    function @1 "cross" params=3 captures=3 {
      b0:
        %3 = move 0
        jump b1
      b1:
        lock %0
        lock %1
        send %2, %3
        unlock %1
        unlock %0
        %3 = add %3, 1
        %4 = lt %3, 1000
        branch %4 b1 b2
      b2:
        return
    }
  )");
  Budget Limits;
  Limits.States = 100;
  Exploration E = run(U, false, Limits);
  EXPECT_EQ(E.Stats.OverWhat, "states");
  EXPECT_EQ(names(U, E), Names{"lock 'a'"});
}

TEST(Budget, NotAllIsSpentWhereMoreAndMoreLiesOpen) {
  // Three tasks send what they have counted, in whatever order.
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel ? "c"
        %1 = closure @1, %0, 10
        spawn "t" %1
        %2 = closure @1, %0, 20
        spawn "t" %2
        %3 = closure @1, %0, 30
        spawn "t" %3
        %4 = receive %0
        return
    }
    function @1 "send" params=2 captures=2 {
      b0:
        %2 = move 0
        jump b1
      b1:
        %3 = add %1, %2
        send %0, %3
        %2 = add %2, 1
        %4 = lt %2, 8
        branch %4 b1 b2
      b2:
        return
    }
  )");
  Budget Limits;
  Limits.States = 600;
  Limits.Dive = false;
  Exploration E = run(U, false, Limits);
  EXPECT_EQ(E.Stats.OverWhat, "states");
  EXPECT_LT(E.Stats.cost(), 400u); // With the numbers made small, and as they are.
}

TEST(Budget, WhatIsLeftIsForRunsToAnEnd) {
  // The same; when all have ended, somebody waits for what nobody brings.
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel ? "c"
        %1 = closure @1, %0, 10
        %2 = spawn "t" %1
        %3 = closure @1, %0, 20
        %4 = spawn "t" %3
        %5 = closure @1, %0, 30
        %6 = spawn "t" %5
        %7 = join %2
        %8 = join %4
        %9 = join %6
        %10 = make event "over"
        await %10
        return
    }
    function @1 "send" params=2 captures=2 {
      b0:
        %2 = move 0
        jump b1
      b1:
        %3 = add %1, %2
        send %0, %3
        %2 = add %2, 1
        %4 = lt %2, 8
        branch %4 b1 b2
      b2:
        return
    }
  )");
  Budget Limits;
  Limits.States = 150;
  Exploration E = run(U, false, Limits);
  EXPECT_EQ(E.Stats.OverWhat, "states");
  EXPECT_EQ(names(U, E), Names{"await 'over'"});
  Limits.Dive = false;
  EXPECT_EQ(names(U, run(U, false, Limits)), Names{});
}

TEST(Budget, WhatComesAfterABoundIsUnknown) {
  Budget Small;
  Small.Tasks = 2;
  Unit U = parse(Leak);
  Exploration E = run(U, false, Small);
  EXPECT_TRUE(E.Stats.OverBudget);
  EXPECT_EQ(E.Stats.OverWhat, "tasks");
  EXPECT_TRUE(E.Stucks.empty());
}

TEST(Budget, Recursion) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        call @0
        return
    }
  )");
  Exploration E = run(U);
  EXPECT_EQ(E.Stats.OverWhat, "frames");
}

TEST(Budget, EndlessLoopsEnd) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = move 0
        jump b1
      b1:
        %0 = add %0, 1
        branch ? b1 b2
      b2:
        jump b2
    }
  )");
  EXPECT_EQ(names(U, run(U)), Names{});
}

TEST(Malformed, UnitsDoNoHarm) {
  Unit U;
  EXPECT_TRUE(explore(U, 0, true).Stucks.empty());
  U.Functions.resize(1);
  EXPECT_TRUE(explore(U, 0, true).Stucks.empty());
  U.Functions[0].Blocks.resize(1);
  Instruction I;
  I.Code = Op::Send;
  U.Functions[0].Blocks[0].Body.push_back(I);
  EXPECT_TRUE(explore(U, 0, true).Stucks.empty()) << "no terminator";
  // Every operation without operands.
#define OPERATION(Name, Spelling, Group)                                                           \
  if (!isTerminator(Op::Name)) {                                                                   \
    U.Functions[0].Blocks[0].Body.clear();                                                         \
    I.Code = Op::Name;                                                                             \
    I.Result = 3;                                                                                  \
    U.Functions[0].Blocks[0].Body.push_back(I);                                                    \
    I.Code = Op::Return;                                                                           \
    U.Functions[0].Blocks[0].Body.push_back(I);                                                    \
    EXPECT_TRUE(explore(U, 0, true).Stucks.empty()) << Spelling;                                   \
  }
#include "skeleton/Operations.def"
}

TEST(Determinism, TwoRunsAgree) {
  Unit U = parse(Leak);
  Exploration A = run(U), B = run(U);
  EXPECT_EQ(A.Stats.States, B.Stats.States);
  EXPECT_EQ(A.Stats.Steps, B.Stats.Steps);
  ASSERT_EQ(A.Stucks.size(), B.Stucks.size());
  EXPECT_EQ(A.Stucks[0].Schedule.size(), B.Stucks[0].Schedule.size());
}

// What lies behind more of the same is not looked at; what comes before is.
static std::string endless(const char *Queue, const char *Put) {
  std::string Text = R"(
    unit "a.cpp"
    function @0 "f" params=1 {
      b0:
        %1 = QUEUE
        %2 = make event "never"
        %3 = closure @1, %2
        spawn "waiter" %3
        jump b1
      b1:
        PUT
        %4 = symbol "more"
        branch %4 b1 b2
      b2:
        return
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        await %0
        return
    }
  )";
  Text.replace(Text.find("QUEUE"), 5, Queue);
  return Text.replace(Text.find("PUT"), 3, Put);
}

TEST(Budget, QueueThatGrowsForEver) {
  for (std::string Text : {endless("make channel ? \"lines\"", "send %1, 1"),
                           endless("sequence \"lines\"", "append %1, 1")}) {
    Unit U = parse(Text);
    Exploration E = run(U);
    EXPECT_FALSE(E.Stats.OverBudget);
    EXPECT_EQ(names(U, E), Names{"await 'never'"});
  }
}

TEST(Budget, ListThatOneTaskMakesBeforeThereAreOthers) {
  EXPECT_EQ(stuck(R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "main" params=0 {
  b0:
    %0 = sequence "rows"
    %1 = move 0
    jump b1
  b1:
    %2 = lt %1, 40
    branch %2 b2 b3
  b2:
    append %0, %1
    %1 = add %1, 1
    jump b1
  b3:
    %3 = make event "ready"
    %4, %5 = await %3
    return
}
)"),
            Names{"await 'ready'"});
}
