// Which functions are explored: owners of what they wait on, outermost first.

#include "link/Scenario.h"
#include "skeleton/Text.h"

#include "gtest/gtest.h"

using namespace taskleak;

/// "main* serve": the entries in order, a star for those that own the globals.
static std::string entries(const std::string &Text) {
  auto U = parseUnit("unit \"u\"\n" + Text);
  if (!U)
    return llvm::toString(U.takeError());
  for (const std::string &Problem : verify(*U))
    return Problem;
  std::string Names;
  for (const Scenario &S : scenarios(*U))
    Names += (Names.empty() ? "" : " ") + U->Functions[S.Entry].Name + (S.OwnsGlobals ? "*" : "");
  return Names;
}

TEST(Scenario, OwnerOfAllThatItWaitsOn) {
  EXPECT_EQ(entries(R"(
function @0 "serve" {
b0:
  %0 = make channel 0 "c"
  %1 = receive %0
  return
}
)"),
            "serve");
}

TEST(Scenario, NothingToWaitForOrNothingMade) {
  EXPECT_EQ(entries(R"(
function @0 "makes only" {
b0:
  %0 = make channel 0 "c"
  return %0
}
function @1 "waits only" params=1 {
b0:
  %1 = receive %0
  return
}
function @2 "tries only" {
b0:
  %0 = make channel 0 "c"
  %1 = receive.try %0
  return
}
)"),
            "");
}

TEST(Scenario, WaitInATask) {
  EXPECT_EQ(entries(R"(
function @0 "serve" {
b0:
  %0 = make channel 0 "c"
  %1 = closure @1, %0
  %2 = spawn "worker" %1
  detach %2
  return
}
function @1 "lambda in serve" params=1 captures=1 .internal .called {
b0:
  %1 = receive %0
  return
}
)"),
            "serve");
}

TEST(Scenario, MethodsRunThroughTheirOwner) {
  EXPECT_EQ(entries(R"(
record "Queue" embedded(m)
function @0 "Queue::Queue" params=1 .called {
b0:
  %1 = make lock "m"
  store "m" %0, %1
  return
}
function @1 "Queue::push" params=2 {
b0:
  %2 = load "m" %0
  lock %2
  %3 = new "Node"
  unlock %2
  return
}
function @2 "Pool::start" params=1 {
b0:
  %1 = spawn "worker" @1, %0, 1
  store "t" %0, %1
  return
}
function @3 "serve" {
b0:
  %0 = new "Queue"
  call @0 %0
  call @1 %0, 1
  return
}
)"),
            "serve");
}

TEST(Scenario, CalledOwnerIsRunIfOthersMayCallIt) {
  const std::string Owner = R"({
b0:
  %0 = make lock "m"
  lock %0
  return
}
)";
  EXPECT_EQ(entries("function @0 \"inner\" .called " + Owner +
                    "function @1 \"outer\" {\nb0:\n  call @0\n  return\n}\n"),
            "outer inner");
  EXPECT_EQ(entries("function @0 \"inner\" .internal .called " + Owner +
                    "function @1 \"outer\" {\nb0:\n  call @0\n  return\n}\n"),
            "outer");
}

TEST(Scenario, CalledOwnerThroughAConstructor) {
  EXPECT_EQ(entries(R"(
function @0 "outer" {
b0:
  call @1
  return
}
function @1 "inner" .called {
b0:
  %0 = new "Queue"
  call @2 %0
  %1 = load "m" %0
  lock %1
  return
}
function @2 "Queue::Queue" params=1 .called {
b0:
  %1 = make lock "m"
  store "m" %0, %1
  return
}
)"),
            "outer inner");
}

TEST(Scenario, ForwarderIsNoEntryWhenCalled) {
  EXPECT_EQ(entries(R"(
function @0 "outer" {
b0:
  call @1
  return
}
function @1 "forwarder" .called {
b0:
  call @2
  return
}
function @2 "inner" .called {
b0:
  %0 = make lock "m"
  lock %0
  return
}
)"),
            "outer inner");
}

TEST(Scenario, MainOwnsGlobals) {
  EXPECT_EQ(entries(R"(
global 0 "queue" init=@1
function @0 "main" .main {
b0:
  call @2
  return
}
function @1 "make queue" {
b0:
  %0 = make channel 0 "queue"
  return %0
}
function @2 "drain" .called {
b0:
  %0 = receive $0
  return
}
)"),
            "main*");
}

TEST(Scenario, FunctionsThatOnlyCallEachOther) {
  EXPECT_EQ(entries(R"(
function @0 "ping" .internal .called {
b0:
  %0 = make lock "m"
  lock %0
  call @1
  return
}
function @1 "pong" .internal .called {
b0:
  call @0
  return
}
)"),
            "ping");
}

TEST(Scenario, VirtualMethod) {
  EXPECT_EQ(entries(R"(
record "Reader" method("run/0" = @1)
function @0 "serve" {
b0:
  %0 = new "Reader"
  %1 = make lock "m"
  store "m" %0, %1
  virtual "run/0" %0
  return
}
function @1 "Reader::run" params=1 {
b0:
  %1 = load "m" %0
  lock %1
  return
}
)"),
            "serve");
}

TEST(Scenario, ObjectFromAFactory) {
  EXPECT_EQ(entries(R"(
function @0 "serve" {
b0:
  %0 = call @1
  lock %0
  return
}
function @1 "make lock" .called {
b0:
  %0 = make lock "m"
  return %0
}
)"),
            "serve");
}

TEST(Scenario, UnknownObjectIsNobodys) {
  EXPECT_EQ(entries(R"(
function @0 "serve" {
b0:
  %0 = new "Node"
  %1 = extern "the queue"
  %2 = receive %1
  return
}
)"),
            "");
}
