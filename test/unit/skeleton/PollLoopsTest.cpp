// Which loops simplify() takes to look until a time is up.

#include "Simplified.h"

static std::string poll(const std::string &Between) {
  return R"(b0:
%2 = move 0
jump b1
b1:
%3 = lt "i < 300" %2, 300
branch "i < 300" %3 b2 b4
b2:
%4 = get %0
branch "done" %4 b4 b3
b3:
yield
)" + Between +
         R"(%2 = add %2, 1
jump b1
b4:
unlock %0 !0:4:1-2
return
)";
}

TEST(SimplifyPollLoops, ANumberOfLooksIsATimeOut) {
  EXPECT_EQ(simplified(poll("")), R"(b0:
jump b1
b1:
%2 = symbol.timed "i < 300"
branch "i < 300" %2 b2 b4
b2:
%3 = get %0
branch "done" %3 b4 b3
b3:
yield
jump b1
b4:
unlock %0 !0:4:1-2
return
)");
}

TEST(SimplifyPollLoops, ANumberOfOtherThingsStays) {
  EXPECT_NE(simplified(poll("notify %1 !0:3:1-2\n")).find("lt"), std::string::npos);
  EXPECT_NE(simplified(poll("send %1, 1 !0:3:1-2\n")).find("lt"), std::string::npos);
}

TEST(SimplifyPollLoops, ANumberThatIsUsedStays) {
  std::string Body = poll("");
  Body.replace(Body.find("unlock %0"), 9, "count %0, %2");
  EXPECT_NE(simplified(Body).find("lt"), std::string::npos);
}
