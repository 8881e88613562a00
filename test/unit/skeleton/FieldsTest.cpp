// Which fields simplify() keeps up to date.

#include "Simplified.h"

TEST(SimplifyFields, FieldsNobodyLoads) {
  EXPECT_EQ(simplified("b0:\nstore \"total\" %0, 1\nstore \"stop\" %0, 1\nreturn\n",
                       "function @1 \"g\" params=1 {\nb0:\n%1 = load \"stop\" %0\nreturn %1\n}\n"),
            "b0:\nstore \"stop\" %0, 1\nreturn\n");
}

TEST(SimplifyFields, FieldsThatAreOnlyThereForEachOther) {
  EXPECT_EQ(simplified(R"(b0:
  %2 = load "height" %0
  %3 = load "width" %0
  %4 = mul %2, %3
  store "height" %0, %4
  %5 = add %3, 1
  store "width" %0, %5
  return
)"),
            "b0:\nreturn\n");
}

TEST(SimplifyFields, NumbersThatAreOnlyHandedOn) {
  const char *Copies = "b0:\n%2 = load \"celsius\" %0\nstore \"celsius\" %1, %2\nreturn\n";
  EXPECT_EQ(simplified(Copies, "function @1 \"g\" params=1 {\nb0:\nstore \"celsius\" %0, 3\nreturn\n}\n"),
            "b0:\nreturn\n");
  // It may be an object.
  expectKept(Copies, "function @1 \"g\" params=2 {\nb0:\nstore \"celsius\" %0, %1\nreturn\n}\n");
}

TEST(SimplifyFields, FieldThatOnlyDecidesWhetherItChanges) {
  std::string Worst = "b0:\n%2 = load \"worst\" %0\n%3 = symbol \"n\"\n%4 = lt %2, %3\nbranch %4 b1 b2\n"
                      "b1:\n%5 = move %3\nstore \"worst\" %0, %5\n";
  EXPECT_EQ(simplified(Worst + "jump b2\nb2:\nreturn\n"), "b0:\nreturn\n");
  // It decides of something else as well.
  EXPECT_NE(simplified(Worst + "send %1, 1\njump b2\nb2:\nreturn\n").find("store"), std::string::npos);
  // It may be an object.
  expectKept("b0:\n%2 = load \"worst\" %0\n%3 = lt %2, 3\nbranch %3 b1 b2\n"
             "b1:\nstore \"worst\" %0, %1\njump b2\nb2:\nreturn\n");
}

TEST(SimplifyFields, FieldThatDecidesSomethingByAnotherStays) {
  expectKept("b0:\n%2 = load \"width\" %0\nstore \"height\" %0, %2\nstore \"width\" %0, 3\n"
             "%3 = load \"height\" %0\nsend %1, %3 !0:3:1-5\nreturn\n");
}

TEST(SimplifyFields, StoreOfAnObjectKeepsItReachable) {
  expectKept("b0:\n%2 = make channel 0 \"c\"\nstore \"c\" %0, %2\nescape %0\n%3 = receive %2\n"
             "return\n");
}

/// What simplify() leaves of \p Body, in a unit whose record "R" has an array "raw".
static std::string withArray(const std::string &Body, const std::string &Stored) {
  auto U = parseUnit("unit \"u\"\nfile 0 \"u.cpp\"\nrecord \"R\" embedded(raw)\n"
                     "function @0 \"f\" params=1 {\n" +
                     Body + "}\nfunction @1 \"make\" params=1 {\nb0:\nstore \"raw\" %0, " + Stored +
                     "\nreturn\n}\n");
  if (!U)
    return llvm::toString(U.takeError());
  simplify(*U);
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  print(*U, U->Functions[0], OS);
  return Text;
}

TEST(SimplifyFields, ArraysThatAreNotFollowed) {
  std::string Body = "b0:\n%1 = load \"raw\" %0\nsetat %1, 3, 7\nreturn\n";
  EXPECT_EQ(withArray(Body, "?").find("setat"), std::string::npos);
  EXPECT_NE(withArray(Body, "%0").find("setat"), std::string::npos);
  // What the program writes into it it decides, unless others see it.
  std::string Reads = "%2 = at %1, 4\nreturn %2\n";
  EXPECT_NE(withArray("b0:\n%1 = load \"raw\" %0\nsetat %1, 3, 7\n" + Reads, "?").find("foreign"),
            std::string::npos);
  EXPECT_EQ(withArray("b0:\n%1 = load \"raw\" %0\nextern.escapes \"read\" %1\nsetat %1, 3, 7\n" + Reads, "?")
                .find("foreign"),
            std::string::npos);
}
