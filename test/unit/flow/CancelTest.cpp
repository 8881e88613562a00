// Cancels made here, given to a task that waits with them, and never requested.
// The clean ones are the known false positives of such checks elsewhere.

#include "Flow.h"

#include "gtest/gtest.h"

using namespace taskleak;

static const std::string Task = R"(
function @1 "task" params=1 {
b0:
  %1 = receive ? cancel=%0
  return
}
)";

static std::string inServe(const std::string &Body) {
  return open("function @0 \"serve\" params=1 {\n" + Body + "}\n" + Task);
}

TEST(Cancel, NeverRequested) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "stop"
  %2 = spawn "task" @1, %1
  detach %2
  return
)"),
            "cancel stop: b0.0 open at b0.3, never b0.3\n");
}

TEST(Cancel, NotRequestedOnAnEarlyReturn) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "stop"
  %2 = spawn "task" @1, %1
  detach %2
  branch "err" ? b1 b2
b1:
  return
b2:
  request %1
  return
)"),
            "cancel stop: b0.0 open at b1.0, early return `err` b0.3\n");
}

TEST(Cancel, RequestedOnEveryPathIsClean) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "stop"
  %2 = spawn "task" @1, %1
  branch "err" ? b1 b2
b1:
  request %1
  return
b2:
  request %1
  return
)"),
            "");
}

TEST(Cancel, AmbientCancelOfATask) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "signal"
  %2 = spawn "task" ? cancel=%1
  return
)"),
            "cancel signal: b0.0 open at b0.2, never b0.2\n");
}

TEST(Cancel, NotRequestedWhenACallThrows) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "stop"
  %2 = spawn "task" @1, %1
  extern.throws "work"
  request %1
  return
)"),
            "cancel stop: b0.0 open at b0.2, exception `work` b0.2 (may throw)\n");
}

TEST(Cancel, OverwrittenInALoop) {
  EXPECT_EQ(inServe(R"(b0:
  %3 = move null
  jump b1
b1:
  %1 = make cancel "stop"
  %3 = move %1
  %2 = spawn "task" @1, %3
  branch "again" ? b1 b2
b2:
  request %3
  return
)"),
            "cancel stop: b1.0 open at b1.1, overwritten b1.1\n");
}

TEST(Cancel, LoopThatRequestsThePreviousOneIsClean) {
  EXPECT_EQ(inServe(R"(b0:
  %3 = move null
  jump b1
b1:
  request %3
  %1 = make cancel "stop"
  %3 = move %1
  %2 = spawn "task" @1, %3
  branch "again" ? b1 b2
b2:
  request %3
  return
)"),
            "");
}

TEST(Cancel, ReturnedIsClean) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "stop"
  %2 = spawn "task" @1, %1
  return %1
)"),
            "");
}

TEST(Cancel, StoredInAFieldIsClean) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "stop"
  %2 = spawn "task" @1, %1
  store "stop_" %0, %1
  return
)"),
            "");
}

TEST(Cancel, EscapedIsClean) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "stop"
  %2 = spawn "task" @1, %1
  extern.escapes "on_signal" %1
  return
)"),
            "");
}

TEST(Cancel, CapturedByAClosureThatRequestsIsClean) {
  EXPECT_EQ(open(R"(function @0 "serve" {
b0:
  %1 = make cancel "stop"
  %2 = spawn "task" @1, %1
  %3 = closure @2, %1
  extern "at_exit" %3
  return
}
function @1 "task" params=1 {
b0:
  %1 = receive ? cancel=%0
  return
}
function @2 "lambda" params=1 captures=1 {
b0:
  request %0
  return
})"),
            "");
}

TEST(Cancel, CapturedByATaskThatOnlyWaits) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "stop"
  %2 = closure @1, %1
  %3 = spawn "task" %2
  detach %3
  return
)"),
            "cancel stop: b0.0 open at b0.4, never b0.4\n");
}

TEST(Cancel, NobodyWaitsWithItIsClean) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "stop"
  %2 = receive %0 cancel=%1
  return
)"),
            "");
}

TEST(Cancel, TaskHasBeenJoinedIsClean) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "stop"
  %2 = spawn "task" @1, %1
  join %2
  return
)"),
            "");
}

TEST(Cancel, CorrelatedConditionsAreClean) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "stop"
  branch "async" %0 b1 b2
b1:
  %2 = spawn "task" @1, %1
  jump b2
b2:
  branch "async" %0 b3 b4
b3:
  request %1
  return
b4:
  return
)"),
            "");
}

TEST(Cancel, ThroughACell) {
  EXPECT_EQ(inServe(R"(b0:
  %1 = make cancel "stop"
  %2 = cell "stop" %1
  %3 = get %2
  %4 = spawn "task" @1, %3
  %5 = get %2
  request %5
  return
)"),
            "");
}
