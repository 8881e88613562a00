// Locks: kept, taken twice, taken in opposite order.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

TEST(Lock, ReturnWithoutUnlock) {
  auto With = [](const std::string &Early) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "m"
        %1 = closure @1, %0
        %2 = spawn "a" %1
        %3 = spawn "b" %1
        return
    }
    function @1 "work" params=1 captures=1 {
      b0:
        lock %0
        %1 = opaque "bad"
        branch %1 b1 b2
      b1:
        )" + Early + R"(
        return
      b2:
        unlock %0
        return
    }
  )");
  };
  EXPECT_EQ(With(""), Names{"lock 'm'"});
  EXPECT_EQ(With("unlock %0"), Names{});
}

TEST(Lock, OppositeOrder) {
  auto With = [](const std::string &First, const std::string &Second) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "a"
        %1 = make lock "b"
        %2 = closure @1, %0, %1
        %3 = closure @1, )" + First + ", " + Second + R"(
        %4 = spawn "x" %2
        %5 = spawn "y" %3
        return
    }
    function @1 "work" params=2 captures=2 {
      b0:
        lock %0
        lock %1
        unlock %1
        unlock %0
        return
    }
  )");
  };
  EXPECT_EQ(With("%0", "%1"), Names{});
  EXPECT_EQ(With("%1", "%0").size(), 1u) << "one place, reported once";
}

TEST(Lock, RelockIsStuckUnlessRecursive) {
  auto With = [](const std::string &Flag) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock )" + Flag + R"( "m"
        lock %0
        lock %0
        unlock %0
        unlock %0
        return
    }
  )");
  };
  EXPECT_EQ(With(""), Names{"lock 'm'"});
  EXPECT_EQ(With(".recursive"), Names{});
}

TEST(Lock, TriedAndTimedDoNotBlock) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "m"
        lock %0
        %1 = lock.try %0
        %2 = lock.timed %0
        return
    }
  )"),
            Names{});
}

TEST(Lock, Readers) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock .shared "m"
        lock.shared %0
        lock.shared %0
        unlock.shared %0
        lock %0
        return
    }
  )"),
            Names{"lock 'm'"});
}

TEST(Lock, SeveralAtOnceHaveNoOrder) {
  auto With = [](const std::string &Take) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "a"
        %1 = make lock "b"
        %2 = closure @1, %0, %1
        %3 = closure @1, %1, %0
        %4 = spawn "x" %2
        %5 = spawn "y" %3
        return
    }
    function @1 "work" params=2 captures=2 {
      b0:
        )" + Take +
                 R"(
        unlock %1
        unlock %0
        return
    }
  )");
  };
  EXPECT_EQ(With("lock %0, %1"), Names{});
  EXPECT_EQ(With("lock %0\n lock %1").size(), 1u);
}

TEST(Lock, SeveralAtOnceWaitForEach) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "a"
        %1 = make lock "b"
        lock %1
        lock %0, %1
        return
    }
  )"),
            Names{"lock 'b'"});
}

// A reader that reads again, and a writer that comes in between.
TEST(Lock, WritersFirst) {
  auto With = [](const std::string &Manner) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock )" +
                 Manner + R"( "rw"
        %1 = closure @1, %0
        %2 = closure @2, %0
        %3 = spawn "reader" %1
        %4 = spawn "writer" %2
        return
    }
    function @1 "read" params=1 captures=1 {
      b0:
        lock.shared %0
        lock.shared %0
        unlock.shared %0
        unlock.shared %0
        return
    }
    function @2 "write" params=1 captures=1 {
      b0:
        lock %0
        unlock %0
        return
    }
  )");
  };
  EXPECT_EQ(With(".shared"), Names{});
  EXPECT_EQ(With(".shared.writersfirst"), (Names{"lock 'rw'", "lock 'rw'"}));
  EXPECT_EQ(With("0, 1"), (Names{"lock 'rw'", "lock 'rw'"})) << "known at run time";
}

TEST(Lock, MannerKnownAtRunTime) {
  auto With = [](const std::string &Manner) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock )" +
                 Manner + R"( "m"
        lock %0
        lock %0
        return
    }
  )");
  };
  EXPECT_EQ(With("0"), Names{"lock 'm'"});
  EXPECT_EQ(With("null"), Names{"lock 'm'"});
  EXPECT_EQ(With("1"), Names{});
  EXPECT_EQ(With("?"), Names{}) << "nothing is claimed";
}
