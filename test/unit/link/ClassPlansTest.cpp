// How a class is used to judge it by itself: the drivers that are written, and which
// classes and files are worth any.

#include "link/ClassPlans.h"
#include "skeleton/Text.h"

#include "gtest/gtest.h"

using namespace taskleak;

static Unit parsed(const std::string &Text) {
  auto U = parseUnit("unit \"u\"\n" + Text);
  if (!U) {
    ADD_FAILURE() << llvm::toString(U.takeError());
    return {};
  }
  for (const std::string &Problem : verify(*U))
    ADD_FAILURE() << Problem;
  return std::move(*U);
}

/// "; start; start push|stop": the calls of each plan in order.
static std::string said(const Unit &U, const std::vector<DriverPlan> &Plans) {
  std::string Out;
  for (const DriverPlan &Plan : Plans) {
    Out += &Plan == &Plans.front() ? "" : ";";
    for (FunctionId F : Plan.Before)
      Out += " " + U.Functions[F].Name;
    if (Plan.Beside != NoId)
      Out += " " + U.Functions[Plan.Beside].Name + "|" + U.Functions[Plan.After[0]].Name;
  }
  return Out;
}

/// start() starts a task that waits for stop(); stop() joins it.
static const char Worker[] = R"(
record "Worker" embedded(m, c) maker(@0) ender(@1) call(@2) call(@3) call(@4)
function @0 "make" params=1 .called {
b0:
  %1 = make lock "m"
  store "m" %0, %1
  %2 = make condition "c"
  store "c" %0, %2
  store "stop" %0, 0
  return
}
function @1 "end" params=1 .called {
b0:
  return
}
function @2 "start" params=1 {
b0:
  %1 = spawn "worker" @5, %0
  store "thread" %0, %1
  return
}
function @3 "stop" params=1 {
b0:
  store "stop" %0, 1
  %1 = load "c" %0
  notify.all %1
  %2 = load "thread" %0
  join %2
  return
}
function @4 "name" params=1 {
b0:
  return 7
}
function @5 "run" params=1 .internal .called {
b0:
  %1 = load "m" %0
  lock %1
  jump b1
b1:
  %2 = load "stop" %0
  branch %2 b3 b2
b2:
  %3 = load "c" %0
  wait %3, %1
  jump b1
b3:
  unlock %1
  return
}
)";

TEST(ClassPlans, StartComesFirstAndStopLast) {
  Unit U = parsed(Worker);
  EXPECT_EQ(said(U, classPlans(U, 0)), "; start; start stop");
}

TEST(ClassPlans, ADriverMakesCallsAndEnds) {
  Unit U = parsed(Worker);
  DriverPlan Plan = classPlans(U, 0)[2];
  FunctionId Driver = addDriver(U, Plan);
  for (const std::string &Problem : verify(U))
    ADD_FAILURE() << Problem;
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  print(U, U.Functions[Driver], OS);
  EXPECT_EQ(Text,
            R"(function @6 "a user of 'Worker'" params=0 captures=0 .internal .called .driver {
  b0 unwind b3:
    %0 = new "Worker"
    %1 = call "makes a 'Worker'" @0 %0
    escape %1
    jump b1
  b1 unwind b2:
    %2 = call "calls 'start'" @2 %0
    escape %2
    %3 = call "calls 'stop'" @3 %0
    escape %3
    jump b2
  b2:
    call "destroys the 'Worker'" @1 %0
    return ?
  b3:
    return ?
}
)");
  EXPECT_EQ(sayCalls(U, Plan), "`start` and then `stop` are called");
}

TEST(ClassPlans, OutsidersMayAlwaysCallAndNeverNeedTo) {
  Unit U = parsed(Worker);
  DriverPlan Plan = classPlans(U, 0)[1];
  Plan.Outsiders = 2;
  addDriver(U, Plan);
  for (const std::string &Problem : verify(U))
    ADD_FAILURE() << Problem;
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  print(U, OS);
  EXPECT_NE(Text.find("yield.world"), std::string::npos);
  EXPECT_NE(Text.find("spawn \"outsider\""), std::string::npos);
}

TEST(ClassPlans, WhoWaitsMeetsWhoWakes) {
  Unit U = parsed(R"(
record "Gate" embedded(c) maker(@0) call(@1) call(@2)
function @0 "make" params=1 .called {
b0:
  %1 = make condition "c"
  store "c" %0, %1
  return
}
function @1 "await" params=1 {
b0:
  %1 = load "c" %0
  wait %1
  return
}
function @2 "open" params=1 {
b0:
  %1 = load "c" %0
  notify.all %1
  return
}
)");
  EXPECT_EQ(said(U, classPlans(U, 0)), "; await; open; await|open; open await; await await; open open");
}

TEST(ClassPlans, NothingToWaitFor) {
  Unit U = parsed(R"(
record "Point" maker(@0) call(@1)
function @0 "make" params=1 .called {
b0:
  store "x" %0, 1
  return
}
function @1 "move" params=1 {
b0:
  store "x" %0, 2
  return
}
)");
  EXPECT_EQ(said(U, classPlans(U, 0)), "");
}

TEST(ClassPlans, OnlyTheOutsideToWaitFor) {
  const char Reader[] = R"(
record "Reader" maker(@0) call(@1)
function @0 "make" params=2 .called {
b0:
  store "fd" %0, %1
  return
}
function @1 "read" params=1 {
b0:
  %1 = load "fd" %0
  %2, %3 = receive.world %1
  return %2
}
)";
  Unit U = parsed(Reader);
  EXPECT_EQ(said(U, classPlans(U, 0)), "");
}

TEST(ClassPlans, OwnersComeBeforeWhatTheyOwn) {
  Unit U = parsed(R"(
record "Part" maker(@0)
record "Whole" maker(@1)
record "Closed"
function @0 "make part" params=1 .called {
b0:
  return
}
function @1 "make whole" params=1 {
b0:
  %1 = new "Part"
  call @0 %1
  return
}
)");
  EXPECT_EQ(classesToDrive(U), (std::vector<uint32_t>{1, 0}));
}

static const char Statics[] = R"(
global 0 "lock" .internal init=@0
function @0 "initializer of lock" .internal .called {
b0:
  %0 = make lock "lock"
  return %0
}
function @1 "enter" {
b0:
  lock $0
  return
}
)";

TEST(ClassPlans, StaticObjectsThroughTheirFunctions) {
  Unit U = parsed(std::string(Statics) + R"(
function @2 "leave" {
b0:
  unlock $0
  return
}
)");
  EXPECT_EQ(said(U, filePlans(U)), "; enter; enter enter");
}

TEST(ClassPlans, StaticNumbersBesideWhatOthersPass) {
  Unit U = parsed(R"(
global 0 "calls" .internal
function @0 "enter" params=1 {
b0:
  put $0, 1
  lock %0
  return
}
)");
  EXPECT_EQ(said(U, filePlans(U)), "");
}

TEST(ClassPlans, StaticObjectsThatOthersCanReach) {
  Unit WithMain = parsed(std::string(Statics) + R"(
function @2 "main" .main {
b0:
  call @1
  return
}
)");
  EXPECT_EQ(said(WithMain, filePlans(WithMain)), "");
  Unit WithHandler = parsed(std::string(Statics) + R"(
function @2 "handler" .internal {
b0:
  unlock $0
  return
}
)");
  EXPECT_EQ(said(WithHandler, filePlans(WithHandler)), "");
}
