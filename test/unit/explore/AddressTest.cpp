// The addresses of variables with static storage: sentinels are told by them.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

/// Awaits a count that only comes down if \p Same, of two globals that others own.
static Names compared(const std::string &Same) {
  return stuck(R"(
    unit "a.cpp"
    global 0 "end"
    global 1 "job"
    function @0 "f" params=1 {
      slot %0 "given"
      b0:
        %1 = make counter 1 "n"
        %2 = move $0
        )" + Same + R"(
        branch %3 b1 b2
      b1:
        count %1, -1
        jump b2
      b2:
        await %1
        return
    }
  )");
}

TEST(Address, TheAddressOfAGlobalIsItsOwn) {
  EXPECT_EQ(compared("%3 = eq %2, $0"), Names{});
  EXPECT_EQ(compared("%3 = ne %2, $1"), Names{});
  EXPECT_EQ(compared("%3 = ne %2, %1"), Names{});
  EXPECT_EQ(compared("%3 = ne %2, null"), Names{});
  EXPECT_NE(compared("%3 = eq %2, $1"), Names{});
  EXPECT_NE(compared("%3 = eq %2, %0"), Names{});
}
