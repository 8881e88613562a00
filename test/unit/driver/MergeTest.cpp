// Many units, one report.

#include "driver/Merge.h"

#include <gtest/gtest.h>

using namespace taskleak;

static Finding finding(uint32_t File, uint32_t Line, std::string Message,
                       Evidence Sure = Evidence::Likely) {
  Finding F;
  F.Check = "unwoken-wait";
  F.At = {File, Line, 1, Line, 2};
  F.Message = std::move(Message);
  F.Sure = Sure;
  return F;
}

static UnitOutcome unit(std::string File, std::vector<std::string> Files, Findings Found) {
  UnitOutcome O;
  O.File = std::move(File);
  O.Result.Files = std::move(Files);
  O.Result.Found = std::move(Found);
  return O;
}

TEST(Merge, HeaderFindingIsToldOnce) {
  Report R = merge({unit("/a.cpp", {"/a.cpp", "/q.h"}, {finding(1, 7, "from a")}),
                    unit("/b.cpp", {"/q.h"}, {finding(0, 7, "from b")})});
  ASSERT_EQ(R.Found.size(), 1u);
  EXPECT_EQ(R.Found[0].Message, "from a");
  EXPECT_EQ(R.Files[R.Found[0].At.File], "/q.h");
  EXPECT_EQ(R.Units, 2u);
}

TEST(Merge, SurestWins) {
  Report R = merge({unit("/a.cpp", {"/q.h"}, {finding(0, 7, "from a")}),
                    unit("/b.cpp", {"/q.h"}, {finding(0, 7, "from b", Evidence::Proven)})});
  ASSERT_EQ(R.Found.size(), 1u);
  EXPECT_EQ(R.Found[0].Message, "from b");
}

TEST(Merge, OneUnitMaySayTwoThingsOfAPlace) {
  Report R = merge({unit("/a.cpp", {"/a.cpp"}, {finding(0, 7, "one"), finding(0, 7, "two")})});
  EXPECT_EQ(R.Found.size(), 2u);
}

TEST(Merge, SortedByFileThenPlace) {
  Report R = merge({unit("/z.cpp", {"/z.cpp"}, {finding(0, 9, "z9"), finding(0, 2, "z2")}),
                    unit("/b.cpp", {"/x.h", "/b.cpp"}, {finding(1, 5, "b5")})});
  ASSERT_EQ(R.Found.size(), 3u);
  EXPECT_EQ(R.Found[0].Message, "b5");
  EXPECT_EQ(R.Found[1].Message, "z2");
  EXPECT_EQ(R.Found[2].Message, "z9");
}

TEST(Merge, TrailsAndRelatedPlacesAreRenumbered) {
  Finding F = finding(0, 1, "m");
  F.Trails = {{"main task", {{{2, 3, 1, 3, 2}, "waits", 1, true}}}};
  F.Related = {{{1, 4, 1, 4, 2}, "made here"}};
  Report R = merge({unit("/a.cpp", {"/a.cpp", "/b.h", "/c.h"}, {F})});
  EXPECT_EQ(R.Files[R.Found[0].Trails[0].Steps[0].At.File], "/c.h");
  EXPECT_EQ(R.Files[R.Found[0].Related[0].At.File], "/b.h");
}

TEST(Merge, FailedUnitsAreKept) {
  UnitOutcome Bad = unit("/bad.cpp", {}, {});
  Bad.Failure = FailedUnit{"/bad.cpp", "does not compile"};
  Report R = merge({Bad, unit("/a.cpp", {"/a.cpp"}, {finding(0, 1, "m")})});
  ASSERT_EQ(R.Failed.size(), 1u);
  EXPECT_EQ(R.Failed[0].File, "/bad.cpp");
  EXPECT_EQ(R.Found.size(), 1u);
}
