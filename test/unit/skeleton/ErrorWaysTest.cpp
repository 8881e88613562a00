// Ways on which nothing happens but the end of the process, and memory that nobody reads.

#include "Simplified.h"

using namespace taskleak;

TEST(ErrorWays, AnAnswerThatOnlyAnErrorHangsOn) {
  EXPECT_EQ(simplified(R"(b0:
  %2 = symbol "bind"
  %3 = move %2
  %4 = ne "rc != 0" %3, 0
  branch "rc != 0" %4 b1 b2
b1:
  %5 = symbol "perror"
  exit
b2:
  unlock %0 !0:4:1-2
  return
)"),
            "b0:\nunlock %0 !0:4:1-2\nreturn\n");
}

TEST(ErrorWays, AnAnswerThatIsAskedAgain) {
  expectKept(R"(b0:
%2 = symbol "open"
branch "f" %2 b2 b1
b1:
exit
b2:
branch "f" %2 b3 b4
b3:
unlock %0 !0:4:1-2
return
b4:
return
)");
}

TEST(ErrorWays, WhatOthersHaveWritten) {
  expectKept("b0:\n%2 = load \"ready\" %0\nbranch %2 b1 b2\nb1:\nexit\nb2:\nunlock %0\nreturn\n");
}

TEST(ErrorWays, TheEndOfALoopThatHasNoOther) {
  expectKept(R"(b0:
lock %0
unlock %0
%2 = symbol "getchar"
%3 = eq %2, 113
branch %3 b1 b0
b1:
exit
)");
}

TEST(ErrorWays, WhatHappensBeforeTheEndIsNoticed) {
  expectKept("b0:\n%2 = symbol \"bind()\"\nbranch %2 b1 b2\nb1:\nunlock %0\nexit\nb2:\nlock %0\nreturn\n");
}

TEST(ErrorWays, MainReturnsAnError) {
  std::string Body = "b0:\n%2 = symbol \"bind()\"\nbranch %2 b1 b2\nb1:\nreturn 1\nb2:\nlock %0\nreturn 0\n";
  expectKept(Body);
  auto U = parseUnit("unit \"u\"\nfile 0 \"u.cpp\"\nfunction @0 \"main\" params=2 .main {\n" + Body + "}\n");
  ASSERT_TRUE(bool(U));
  simplify(*U);
  EXPECT_EQ(U->Functions[0].Blocks.size(), 1u);
}

TEST(IdleMemory, WrittenThroughAnotherName) {
  EXPECT_EQ(simplified("b0:\n%2 = sequence\n%3 = move %2\nappend %3, %0\nend %3\nreturn\n"),
            "b0:\nreturn\n");
}

TEST(IdleMemory, HandedOver) {
  EXPECT_EQ(simplified(R"(b0:
  %2 = new "Message"
  store "size" %2, 4
  extern.escapes "send" %2
  %3 = symbol "socket"
  extern.escapes "close" %3
  return
)"),
            "b0:\nreturn\n");
}

TEST(IdleMemory, HandedOverWithSomethingInIt) {
  expectKept("b0:\n%2 = new \"Message\"\nstore \"lock\" %2, %0\nextern.escapes \"send\" %2\nreturn\n");
  expectKept("b0:\n%2 = cell %0\nextern.escapes \"send\" %2\nreturn\n");
}

TEST(IdleMemory, HandedOverAndRead) {
  expectKept(R"(b0:
%2 = new "Message"
extern.escapes "receive" %2
%3 = load "size" %2
branch %3 b1 b2
b1:
unlock %0
return
b2:
return
)");
}

TEST(PrivateCells, ACellThatNobodyElseHolds) {
  EXPECT_EQ(simplified(R"(b0:
  %2 = cell "i" 0
  jump b1
b1:
  %3 = get %2
  %4 = lt %3, %1
  branch %4 b2 b3
b2:
  %5 = get %2
  %6 = add %5, 1
  put %2, %6
  jump b1
b3:
  end %2
  unlock %0
  return
)"),
            "b0:\nunlock %0\nreturn\n");
}

TEST(PrivateCells, ACellThatATaskHolds) {
  expectKept(R"(b0:
%2 = cell "done" 0
%3 = closure @0, %2
%4 = spawn %3
%5 = get %2
branch %5 b1 b2
b1:
unlock %0
return
b2:
return
)");
}

TEST(SilentCalls, ALoopThatCounts) {
  EXPECT_EQ(simplified("b0:\n%2 = call @1 %0\nunlock %0\nreturn\n", R"(
function @1 "isPrime" params=1 {
  b0:
    %1 = move 2
    jump b1
  b1:
    %2 = lt %1, %0
    branch %2 b2 b3
  b2:
    %3 = rem %0, %1
    %1 = add %1, 1
    branch %3 b1 b4
  b3:
    return 1
  b4:
    return 0
}
)"),
            "b0:\nunlock %0\nreturn\n");
}

TEST(SilentCalls, ALoopWithoutAnEnd) {
  expectKept("b0:\ncall @1\nunlock %0\nreturn\n",
             "function @1 \"forever\" params=0 {\n  b0:\n    jump b0\n}\n");
}
