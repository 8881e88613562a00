// Who has the locks that stuck tasks wait for, and who holds whom up.

#include "Running.h"

#include "llvm/ADT/STLExtras.h"

#include <gtest/gtest.h>

using namespace taskleak;

namespace {

/// The one stuck wait that stands in function \p F.
Stuck stuckIn(const Unit &U, FunctionId F) {
  std::vector<Stuck> Found;
  for (const Stuck &S : run(U).Stucks)
    if (S.At.F == F)
      Found.push_back(S);
  EXPECT_EQ(Found.size(), 1u);
  return Found.empty() ? Stuck() : Found[0];
}

} // namespace

TEST(HeldLock, OwnerThatHasEnded) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "m"
        %1 = spawn "a" @1, %0
        join %1
        lock %0
        return
    }
    function @1 "work" params=1 {
      b0:
        call @2 %0
        return
    }
    function @2 "take" params=1 {
      b0:
        lock %0
        return
    }
  )");
  Stuck S = stuckIn(U, 0);
  ASSERT_EQ(S.Locks.size(), 1u);
  const HeldLock &L = S.Locks[0];
  EXPECT_EQ(L.Name, "m");
  EXPECT_EQ(S.Tasks[L.By].Name, "a");
  EXPECT_TRUE(S.Tasks[L.By].Ended);
  EXPECT_EQ(L.Taken, (InstructionRef{2, 0, 0}));
  EXPECT_EQ(L.Callers, (std::vector<InstructionRef>{{1, 0, 0}}));
  EXPECT_EQ(L.Left, 2u);
  EXPECT_EQ(L.WaitedForBy, std::vector<unsigned>{S.Victim});
}

// The function is the same, the call another one.
TEST(HeldLock, FunctionThatWasLeft) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "m"
        call @1 %0
        call @1 %0
        return
    }
    function @1 "work" params=1 {
      b0:
        lock %0
        return
    }
  )");
  Stuck S = stuckIn(U, 1);
  ASSERT_EQ(S.Locks.size(), 1u);
  EXPECT_EQ(S.Locks[0].Left, 1u);
  EXPECT_EQ(S.Locks[0].By, S.Victim);
}

TEST(HeldLock, LockHeldWhileItsTaskWaits) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "m"
        %1 = spawn "a" @1, %0
        lock %0
        join %1
        unlock %0
        return
    }
    function @1 "work" params=1 {
      b0:
        lock %0
        unlock %0
        return
    }
  )");
  Stuck S = stuckIn(U, 0);
  ASSERT_EQ(S.Locks.size(), 1u);
  EXPECT_EQ(S.Locks[0].By, S.Victim);
  EXPECT_EQ(S.Locks[0].Left, 0u);
  EXPECT_EQ(S.Locks[0].WaitedForBy, S.HeldUpBy);
}

// Who waits for the same lock does not keep anybody from it.
TEST(HeldLock, OthersWhoWaitHoldNobodyUp) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make lock "m"
        %1 = make event "e"
        lock %0
        %2 = spawn "a" @1, %0
        %3 = spawn "b" @2, %0
        await %1
        return
    }
    function @1 "a" params=1 {
      b0:
        lock %0
        unlock %0
        return
    }
    function @2 "b" params=1 {
      b0:
        lock %0
        unlock %0
        return
    }
  )");
  Stuck S = stuckIn(U, 1);
  EXPECT_EQ(S.HeldUpBy, std::vector<unsigned>{}) << "the main task leaves with it";
}

TEST(HeldLock, WaitForItself) {
  Unit U = parse(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = cell null
        %1 = closure @1, %0
        %2 = spawn "a" %1
        put %0, %2
        return
    }
    function @1 "a" params=1 captures=1 {
      b0:
        %1 = get %0
        join %1
        return
    }
  )");
  EXPECT_TRUE(stuckIn(U, 1).ForItself);
}
