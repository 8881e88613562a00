// The end of a process, and workers that idle until then.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

TEST(Process, EndOfMainEndsAll) {
  const char *Text = R"(
    unit "a.cpp"
    function @0 "main" FLAG {
      b0:
        %0 = make event "e"
        %1 = closure @1, %0
        %2 = spawn "waiter" %1
        detach %2
        END
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        await %0
        return
    }
  )";
  auto With = [&](const char *Flag, const char *End) {
    std::string Copy = Text;
    Copy.replace(Copy.find("FLAG"), 4, Flag);
    Copy.replace(Copy.find("END"), 3, End);
    return stuck(Copy);
  };
  EXPECT_EQ(With(".main", "return"), Names{});
  EXPECT_EQ(With("", "return"), Names{"await 'e'"});
  EXPECT_EQ(With("", "exit"), Names{});
  EXPECT_EQ(With("", "unreachable"), Names{});
}

TEST(Process, IdleWorkerOfAProgram) {
  const char *Text = R"(
    unit "a.cpp"
    global 0 "jobs" init=@2
    function @0 "main" .main {
      b0:
        %0 = spawn "worker" @1
        detach %0
        %1 = make event "forever"
        await %1
        return
    }
    function @1 "work" {
      b0:
        jump b1
      b1:
        %0, %1 = receive $0
        jump b1
    }
    function @2 "init" {
      b0:
        %0 = make channel 4 "jobs"
        return %0
    }
  )";
  EXPECT_EQ(stuck(Text, /*OwnsGlobals=*/true), Names{"await 'forever'"});
  EXPECT_EQ(stuck(Text, /*OwnsGlobals=*/false), Names{"await 'forever'"});
}

TEST(Process, IdleWorkerThatIsWaitedFor) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    global 0 "jobs" init=@2
    function @0 "main" .main {
      b0:
        %0 = spawn "worker" @1
        join %0
        return
    }
    function @1 "work" {
      b0:
        jump b1
      b1:
        %0, %1 = receive $0
        jump b1
    }
    function @2 "init" {
      b0:
        %0 = make channel 4 "jobs"
        return %0
    }
  )",
                  /*OwnsGlobals=*/true),
            (Names{"join 'worker'", "receive 'jobs'"}));
}
