// Tasks: joins, cancels, selects, strands, kills; what the outside does.

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

TEST(Strand, OneAtATime) {
  // The fiber that spins never lets the other one run; the one that yields does.
  auto With = [](const std::string &Pause) {
    return stuck(R"(
    unit "a.cpp"
    record "Flag"
    function @0 "f" {
      b0:
        %0 = make counter 0 "executor"
        %1 = make counter 0 "other"
        %6 = make event "done"
        %2 = new "Flag"
        store "go" %2, 0
        %3 = closure @1, %2, %6
        %4 = closure @2, %2
        spawn "spinner" %3 strand=%0
        spawn "setter" %4 strand=%0
        await %6
        return
    }
    function @1 "spin" params=2 captures=2 {
      b0:
        jump b1
      b1:
        %2 = load "go" %0
        branch %2 b3 b2
      b2:
        )" + Pause + R"(
        jump b1
      b3:
        fulfil %1, 1
        return
    }
    function @2 "set" params=1 captures=1 {
      b0:
        store "go" %0, 1
        return
    }
  )");
  };
  EXPECT_EQ(With("yield"), Names{});
  EXPECT_EQ(With(""), Names{"await 'done'"});
}

TEST(Strand, CooperativeTasksShareTheSpawners) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 0 "c"
        %1 = closure @1, %0
        %2 = spawn.cooperative "fiber" %1
        %3, %4 = receive %0
        join %2
        return
    }
    function @1 "send" params=1 captures=1 {
      b0:
        send %0, 1
        return
    }
  )"),
            Names{});
}

TEST(Kill, EndsTheTasksOfAGroup) {
  auto With = [](const std::string &Then) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make counter 0 "pool"
        %1 = make event "never"
        %2 = closure @1, %1
        spawn "task" %2 done=%0
        )" + Then + R"(
        await %0
        return
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        await %0
        return
    }
  )");
  };
  EXPECT_EQ(With("kill %0"), Names{});
  EXPECT_EQ(With(""), (Names{"await 'never'", "await 'pool'"}));
}

TEST(Join, HeldUpByTheOneJoined) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make event "never"
        %1 = closure @1, %0
        %2 = spawn "waiter" %1
        join %2
        return
    }
    function @1 "wait" params=1 captures=1 {
      b0:
        await %0
        return
    }
  )");
  Exploration E = run(U);
  ASSERT_EQ(names(U, E), (Names{"await 'never'", "join 'waiter'"}));
  for (const Stuck &S : E.Stucks) {
    bool IsJoin = at(U, S.At).Code == Op::Join;
    EXPECT_EQ(S.HeldUpBy, IsJoin ? std::vector<unsigned>{1} : std::vector<unsigned>{});
  }
}

TEST(Join, OfATaskThatRunsForever) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = spawn "server" @1
        join %0
        return
    }
    function @1 "serve" {
      b0:
        jump b1
      b1:
        extern "step"
        jump b1
    }
  )"),
            Names{});
}

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
