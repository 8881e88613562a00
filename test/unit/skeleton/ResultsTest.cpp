// Which results simplify() leaves out.

#include "Simplified.h"

TEST(SimplifyResults, NumbersThatAreReturnedAndNotRead) {
  EXPECT_EQ(simplified("b0:\nunlock.guard %0 !0:1:1-2\n%2 = load \"n\" %0\n"
                       "%3 = add %2, 1\nreturn %3\n",
                       "function @1 \"g\" params=1 {\nb0:\n%1 = call @0 %0, 1\nreturn\n}\n"),
            "b0:\nunlock.guard %0 !0:1:1-2\nreturn ?\n");
}

TEST(SimplifyResults, NumbersThatTellOfALockStay) {
  expectKept("b0:\nlock %0 !0:1:1-2\n%2 = load \"n\" %0\n"
             "%3 = add %2, 1\nreturn %3\n",
             "function @1 \"g\" params=1 {\nb0:\n%1 = call @0 %0, 1\nreturn\n}\n");
}
