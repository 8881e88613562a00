// Whether others in the process can hold a task up.

#include "skeleton/HoldUps.h"
#include "skeleton/Text.h"

#include <gtest/gtest.h>

using namespace taskleak;

static bool arePossible(const std::string &Body, const std::string &More = "") {
  auto U = parseUnit("unit \"u\"\nfunction @0 \"f\" params=1 {\nb0:\n" + Body + "return\n}\n" + More);
  if (!U) {
    ADD_FAILURE() << llvm::toString(U.takeError());
    return false;
  }
  HoldUps Of;
  for (const Function &F : U->Functions)
    Of.see(F);
  return Of.arePossible();
}

TEST(HoldUps, LocksAndTasks) {
  EXPECT_TRUE(arePossible("lock %0\n"));
  EXPECT_TRUE(arePossible("join %0\n"));
  EXPECT_TRUE(arePossible("%1 = closure @0, %0\nspawn \"t\" %1\n"));
  EXPECT_FALSE(arePossible("lock.try %0\n"));
  EXPECT_FALSE(arePossible("unlock %0\n"));
}

TEST(HoldUps, OnlyTheOutsideWritesIntoADescriptorFromElsewhere) {
  EXPECT_FALSE(arePossible("%1, %2 = receive.world %0\n"));
}

TEST(HoldUps, APipeThatIsKept) {
  EXPECT_TRUE(arePossible("%1, %2 = receive.world %0\n%3 = make channel ? \"p\"\n"
                          "store \"pipe\" %0, %3\n"));
  EXPECT_TRUE(arePossible("%1, %2 = receive.world %0\n%3 = make channel ? \"p\"\n"
                          "%4 = sequence \"fds\"\nappend %4, %3\n%5 = move %4\ncall @0 %5\n"));
}

TEST(HoldUps, APipeThatStaysInItsFunction) {
  EXPECT_FALSE(arePossible("%1, %2 = receive.world %0\n%3 = make channel ? \"p\"\n"
                           "%4 = sequence \"fds\"\n%5 = move %4\nappend %5, %3\n"
                           "%6 = at %5, 0\nextern.escapes \"give\" %6\n"));
}
