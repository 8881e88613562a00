// What simplify() leaves out, and what it must not touch. Each test gives the
// body of function @0 before and after.

#include "RandomUnit.h"
#include "Simplified.h"

#include <set>

using namespace taskleak;

TEST(Simplify, ValuesNobodyReads) {
  EXPECT_EQ(simplified(R"(b0:
  %2 = load "name" %0
  %3 = opaque "length" %2
  %4 = add %3, 1
  %5 = new "Record"
  %6 = sequence
  %7 = make lock "m"
  %8 = closure @0, %7
  return
)"),
            "b0:\nreturn\n");
}

TEST(Simplify, ValuesThatAreReadStay) {
  expectKept("b0:\n%2 = load \"q\" %0\nsend %2, 1 !0:3:1-5\nreturn\n");
}

TEST(Simplify, ObjectsThatAreOnlyWritten) {
  EXPECT_EQ(simplified(R"(b0:
  %2 = new "Line"
  store "text" %2, %1
  %3 = sequence
  append %3, %2
  end %3
  return
)"),
            "b0:\nreturn\n");
}

TEST(Simplify, ObjectsThatArePassedStay) {
  expectKept("b0:\n%2 = new \"Line\"\nstore \"text\" %2, %1\nextern.escapes \"keep\" %2\nreturn\n");
}

TEST(Simplify, CallsOutOfSightWithoutEffect) {
  EXPECT_EQ(simplified("b0:\nextern \"log\" %0\n%2 = extern \"now\"\nreturn\n"), "b0:\nreturn\n");
  expectKept("b0:\nextern.throws \"parse\"\nreturn\n");
  expectKept("b0:\nextern.escapes \"keep\" %0\nreturn\n");
}

TEST(Simplify, BranchAroundNothing) {
  EXPECT_EQ(simplified(R"(b0:
  %2 = load "verbose" %0
  branch "verbose" %2 b1 b2
b1:
  %3 = opaque "text" %1
  extern "log" %3
  jump b2
b2:
  unlock %1 !0:4:1-2
  return
)"),
            "b0:\nunlock %1 !0:4:1-2\nreturn\n");
}

TEST(Simplify, BranchAroundNothingInAnEndlessLoop) {
  EXPECT_EQ(simplified(R"(b0:
  jump b1
b1:
  send %1, 1 !0:3:1-5
  %2 = symbol "verbose"
  branch "verbose" %2 b2 b3
b2:
  %3 = symbol "log"
  jump b3
b3:
  send %1, 2 !0:4:1-5
  jump b1
)"),
            "b0:\njump b1\nb1:\nsend %1, 1 !0:3:1-5\nsend %1, 2 !0:4:1-5\njump b1\n");
}

TEST(Simplify, NestedBranchesAroundNothing) {
  EXPECT_EQ(simplified(R"(b0:
  branch "a" %0 b1 b2
b1:
  branch "b" %1 b3 b4
b2:
  extern "y"
  jump b5
b3:
  extern "x"
  jump b4
b4:
  jump b5
b5:
  return
)"),
            "b0:\nreturn\n");
}

TEST(Simplify, BranchWithAnEffectStays) {
  expectKept("b0:\nbranch \"a\" %0 b1 b2\nb1:\nnotify %1\njump b2\nb2:\nreturn\n");
}

TEST(Simplify, BranchThatChoosesAValueStays) {
  expectKept("b0:\n%2 = move 0\nbranch \"a\" %0 b1 b2\nb1:\n%2 = move 1\njump b2\nb2:\n"
             "return %2\n");
}

TEST(Simplify, BranchOnAConstant) {
  EXPECT_EQ(simplified("b0:\nbranch 1 b1 b2\nb1:\nnotify %0\nreturn\nb2:\nnotify %1\nreturn\n"),
            "b0:\nnotify %0\nreturn\n");
  EXPECT_EQ(simplified("b0:\nbranch null b1 b2\nb1:\nnotify %0\nreturn\nb2:\nnotify %1\nreturn\n"),
            "b0:\nnotify %1\nreturn\n");
}

TEST(Simplify, CountedLoopWithNothingInIt) {
  EXPECT_EQ(simplified(R"(b0:
  %2 = move 0
  jump b1
b1:
  %3 = size %1
  %4 = lt %2, %3
  branch "i < n" %4 b2 b3
b2:
  extern "log" %2
  %2 = add %2, 1
  jump b1
b3:
  notify %0
  return
)"),
            "b0:\nnotify %0\nreturn\n");
}

TEST(Simplify, LoopOnAnUnknownWithNothingInIt) {
  EXPECT_EQ(simplified("b0:\njump b1\nb1:\n%2 = extern \"next\"\nbranch \"next\" %2 b2 b3\nb2:\n"
                       "extern \"log\"\njump b1\nb3:\nreturn\n"),
            "b0:\nreturn\n");
}

TEST(Simplify, LoopThatWaitsForAFlagStays) {
  expectKept("b0:\njump b1\nb1:\n%2 = load \"ready\" %0\nbranch \"ready\" %2 b2 b1\nb2:\nreturn\n");
}

TEST(Simplify, LoopThatYieldsStays) {
  expectKept("b0:\nyield\nbranch \"again\" %0 b0 b1\nb1:\nreturn\n");
}

TEST(Simplify, EndlessLoopStays) { expectKept("b0:\njump b0\n"); }

TEST(Simplify, JumpsAreThreadedAndBlocksMerged) {
  EXPECT_EQ(simplified("b0:\nnotify %0\njump b1\nb1:\njump b2\nb2:\nnotify %1\njump b4\nb3:\n"
                       "notify %0\nreturn\nb4:\nreturn\n"),
            "b0:\nnotify %0\nnotify %1\nreturn\n");
}

TEST(Simplify, BlocksWithDifferentUnwindTargetsStayApart) {
  expectKept("b0 unwind b2:\nlock %0\njump b1\nb1:\nlock %1\nreturn\nb2:\nunlock %0\nthrow\n");
}

TEST(Simplify, UnwindTargetOfABlockThatCannotThrow) {
  EXPECT_EQ(simplified("b0 unwind b1:\nextern \"log\"\nnotify %0\nreturn\nb1:\nunlock %1\nthrow\n"),
            "b0:\nnotify %0\nreturn\n");
}

TEST(Simplify, SilentCalls) {
  EXPECT_EQ(simplified("b0:\ncall @1 %0\nnotify %0\nreturn\n",
                       "function @1 \"log\" params=1 {\nb0:\ncall @2 %0\nreturn\n}\n"
                       "function @2 \"format\" params=1 {\nb0:\nbranch %0 b1 b2\nb1:\n"
                       "extern \"puts\"\nreturn\nb2:\nreturn\n}\n"),
            "b0:\nnotify %0\nreturn\n");
}

TEST(Simplify, CallWhoseResultIsReadStays) {
  expectKept("b0:\n%2 = call @1 %0\nbranch %2 b1 b2\nb1:\nnotify %0\njump b2\nb2:\nreturn\n",
             "function @1 \"ready\" params=1 {\nb0:\n%1 = load \"ready\" %0\nreturn %1\n}\n");
}

TEST(Simplify, CallWhoseResultIsUnknown) {
  EXPECT_EQ(simplified("b0:\n%2 = call @1 %0\nsend %1, %2\nreturn\n",
                       "function @1 \"text\" params=1 {\nb0:\nreturn ?\n}\n"),
            "b0:\n%2 = extern \"text\"\nsend %1, %2\nreturn\n");
}

TEST(Simplify, CallThatMayOnlyThrow) {
  EXPECT_EQ(simplified("b0:\ncall @1 %0 !0:7:1-9\nnotify %0\nreturn\n",
                       "function @1 \"parse\" params=1 {\nb0:\nextern.throws \"stoi\"\nreturn\n}\n"),
            "b0:\nextern.throws \"parse\" !0:7:1-9\nnotify %0\nreturn\n");
}

TEST(Simplify, CallThatThrowsForSomeArgumentsStays) {
  expectKept("b0:\ncall @1 0\nnotify %0\nreturn\n",
             "function @1 \"check\" params=1 {\nb0:\nbranch %0 b1 b2\nb1:\nthrow\nb2:\nreturn\n}\n");
}

TEST(Simplify, CallsWithEffectsStay) {
  for (const char *Effect :
       {"notify %0", "lock %0", "store \"stop\" %0, 1", "escape %0", "yield\nescape %0",
        "outside \"disk\"\nescape %0", "%1 = spawn @2\nescape %0"})
    expectKept("b0:\ncall @1 %0\n%2 = load \"stop\" %0\nreturn %2\n",
               std::string("function @1 \"g\" params=1 {\nb0:\n") + Effect +
                   "\nreturn\n}\nfunction @2 \"task\" {\nb0:\nreturn\n}\n");
}

TEST(Simplify, RecursionStays) {
  expectKept("b0:\ncall @1\nreturn\n", "function @1 \"r\" {\nb0:\ncall @1\nreturn\n}\n");
}

TEST(Simplify, WaitsWakersAndTasksStay) {
  expectKept("b0:\n%2 = requested %0\n%3 = receive %1\n%4 = spawn @1\njoin %4\nrequest %0\n"
             "reset %1\nonrequest %0, @1\n%5 = takefirst %1\nretain %1\n%6 = drop %1\nreturn\n",
             "function @1 \"task\" {\nb0:\nreturn\n}\n");
}

TEST(Simplify, CountThatDecidesNothingKeepsNoLoop) {
  EXPECT_EQ(simplified("b0:\n%3 = move 0\njump b1\nb1:\n%2 = load \"ready\" %0\n"
                       "branch \"ready\" %2 b3 b2\nb2:\n%3 = add %3, 1\njump b1\nb3:\nreturn\n"),
            "b0:\njump b1\nb1:\n%2 = load \"ready\" %0\nbranch \"ready\" %2 b2 b1\nb2:\nreturn\n");
}

TEST(Simplify, CallThatCatchesWhatItsCalleesThrow) {
  EXPECT_EQ(simplified("b0:\ncall @1\nnotify %0\nreturn\n",
                       "function @1 \"try\" {\nb0 unwind b1:\nextern.throws \"stoi\"\nreturn\n"
                       "b1:\nreturn\n}\n"),
            "b0:\nnotify %0\nreturn\n");
}

TEST(Simplify, NoexceptCallThatThrowsStays) {
  expectKept("b0:\ncall @1\nnotify %0\nreturn\n",
             "function @1 \"die\" .noexcept {\nb0:\nextern.throws \"stoi\"\nreturn\n}\n");
}

static std::multiset<std::string> effects(const Unit &U) {
  std::multiset<std::string> Found;
  for (const Function &F : U.Functions)
    for (const Block &B : F.Blocks)
      for (const Instruction &I : B.Body)
        Found.insert(spelling(I.Code).str());
  return Found;
}

/// Random units are mostly nonsense, but the result must be well-formed, have
/// nothing new in it, and not get simpler when simplified again.
TEST(Simplify, RandomUnits) {
  for (unsigned Seed = 0; Seed < 300 && !HasFailure(); ++Seed) {
    SCOPED_TRACE(Seed);
    Unit U = RandomUnit(Seed).make();
    auto Before = effects(U);
    simplify(U);
    auto Problems = verify(U);
    EXPECT_TRUE(Problems.empty()) << Problems[0];
    for (const char *Added : {"send", "lock", "notify", "spawn", "make", "throw", "store"})
      EXPECT_LE(effects(U).count(Added), Before.count(Added)) << Added;
    std::string Once, Twice;
    llvm::raw_string_ostream First(Once), Second(Twice);
    print(U, First);
    simplify(U);
    print(U, Second);
    EXPECT_EQ(Once, Twice);
  }
}

TEST(Simplify, FunctionWithoutABody) { expectKept(""); }

TEST(Simplify, ArgumentsThatAreNotReadWhereTheyAreGiven) {
  const std::string Callee =
      "function @1 \"g\" params=2 {\nslot %0 \"q\"\nslot %1 \"n\" .number\nb0:\n"
      "%2 = receive %0\nreturn\n}\n";
  EXPECT_EQ(simplified("b0:\n%2 = spawn @1, %0, 7\n%3 = closure @1, %0, 8\n"
                       "%4 = call @1 %0, 9\nescape %3\nreturn\n",
                       Callee),
            "b0:\n%2 = spawn @1, %0, ?\n%3 = closure @1, %0, ?\n"
            "%4 = call @1 %0, ?\nescape %3\nreturn\n");
}

TEST(Simplify, ArgumentsThatAreReadStay) {
  for (const std::string Slot : {"slot %0 \"n\"\n", "slot %0 \"n\" .number\n"})
    expectKept("b0:\n%2 = spawn @1, %0\nreturn\n",
               "function @1 \"g\" params=1 {\n" + Slot + "b0:\nsend %0, %0\nreturn\n}\n");
}
