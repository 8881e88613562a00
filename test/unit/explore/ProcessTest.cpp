// The end of a process, and workers that idle until then.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

TEST(Process, EndOfMainLetsNobodyGo) {
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
  EXPECT_EQ(With(".main", "return"), Names{"await 'e'"});
  EXPECT_EQ(With(".main", "exit"), Names{"await 'e'"});
  EXPECT_EQ(With("", "return"), Names{"await 'e'"});
  EXPECT_EQ(With("", "exit"), Names{});
  EXPECT_EQ(With("", "unreachable"), Names{});
  // Who is told of a failure by the outside may give up.
  auto GivesUp = [](const char *How) {
    return std::string(R"~(%3 = symbol "open()"
        branch %3 b1 b2
      b1:
        )~") + How + R"~(
      b2:
        fulfil %0, 1
        return)~";
  };
  EXPECT_EQ(With(".main", GivesUp("exit").c_str()), Names{});
  EXPECT_EQ(With(".main", GivesUp("return 1").c_str()), Names{});
  EXPECT_EQ(With(".main", GivesUp("return 0").c_str()), Names{"await 'e'"});
}

TEST(Process, WatchdogLetsNobodyGo) {
  const char *Text = R"(
    unit "a.cpp"
    function @0 "main" .main {
      b0:
        %0 = spawn "watchdog" @1
        detach %0
        %1 = make event "e"
        await %1
        return
    }
    function @1 "watch" {
      b0:
        BEFORE
        exit
    }
  )";
  auto After = [&](const char *Before) {
    std::string Copy = Text;
    Copy.replace(Copy.find("BEFORE"), 6, Before);
    return stuck(Copy);
  };
  EXPECT_EQ(After("yield"), Names{"await 'e'"});
  // It ends the process for a reason.
  EXPECT_EQ(After("jump b1\n b1:"), Names{});
}

TEST(Process, ClientIsNoIdleWorker) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    global 0 "permits" init=@2
    function @0 "main" .main {
      b0:
        %0 = spawn "client" @1
        detach %0
        return
    }
    function @1 "use" {
      b0:
        acquire $0, 1
        return
    }
    function @2 "init" {
      b0:
        %0 = make counter 0 "permits"
        return %0
    }
  )",
                  /*OwnsGlobals=*/true),
            (Names{"acquire 'permits'"}));
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
