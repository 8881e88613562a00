// Which numbers in containers simplify() forgets.

#include "Simplified.h"

namespace {

const std::string Push = "b0:\n%2 = load \"jobs\" %0\nappend %2, 7\nreturn\n";

/// A function that does something with the same member.
std::string other(const std::string &Body) {
  return "function @1 \"g\" params=1 {\nb0:\n%1 = load \"jobs\" %0\n" + Body + "return\n}\n";
}

} // namespace

TEST(SimplifyElements, NumbersThatNobodyLooksAtAreForgotten) {
  EXPECT_EQ(simplified(Push, other("%2 = takefirst %1\n%3 = size %1\ncount %0, %3\n")),
            "b0:\n%2 = load \"jobs\" %0\nappend %2, ?\nreturn\n");
}

TEST(SimplifyElements, NumbersThatAreReadStay) {
  for (const char *Reads : {"%2 = takefirst %1\ncount %0, %2\n", "%2 = at %1, 0\ncount %0, %2\n",
                            "%2 = copy %1\nsend %0, %2\n", "store \"others\" %0, %1\n"}) {
    SCOPED_TRACE(Reads);
    expectKept(Push, other(Reads));
  }
}

TEST(SimplifyElements, ObjectsStay) {
  expectKept("b0:\n%2 = load \"jobs\" %0\nappend %2, %1\nreturn\n", other("%2 = takefirst %1\n"));
}

TEST(SimplifyElements, TheFirstNumbersAreForgottenWithTheOthers) {
  std::string Begun = "b0:\n%2 = sequence\nappend %2, 0\nstore \"jobs\" %0, %2\n";
  EXPECT_EQ(simplified(Begun + "return\n", other("setat %1, 0, 3\n%2 = size %1\ncount %0, %2\n")),
            "b0:\n%2 = sequence\nappend %2, ?\nstore \"jobs\" %0, %2\nreturn\n");
  // Two members that hold one container.
  std::string Twice = Begun + "store \"mine\" %0, %2\nreturn\n";
  std::string Reads = "%2 = size %1\n%3 = load \"mine\" %0\n%4 = at %3, 0\n%5 = add %4, %2\ncount %0, %5\n";
  expectKept(Twice, other(Reads));
}

TEST(SimplifyElements, NumbersThatAreOnlyPutBackAreForgotten) {
  std::string Counts = "b0:\n%2 = load \"seen\" %0\n%3 = at %2, 1\n%4 = add %3, 1\nsetat %2, 1, %4\n";
  EXPECT_EQ(simplified(Counts + "return\n", other("")),
            "b0:\n%2 = load \"seen\" %0\nsetat %2, 0, ?\nreturn\n");
  expectKept(Counts + "send %1, %4\nreturn\n", other(""));
  // Into another, which is looked at.
  expectKept("b0:\n%2 = load \"seen\" %0\n%3 = at %2, 1\n%4 = load \"jobs\" %0\nsetat %4, 1, %3\nreturn\n",
             other("%2 = at %1, 1\ncount %0, %2\n"));
}
