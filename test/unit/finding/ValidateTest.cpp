// Every check brings what it needs, and a check that does not is refused.

#include "finding/Validate.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace taskleak;
using testing::HasSubstr;

static void runNothing(const UnitFacts &, Findings &) {}

static const char GoodPage[] = "# x\n\n## What it finds\n\n## Why it matters\n\n## Flagged\n\n"
                               "## Fine\n\n## How to fix\n\n## Options\n\n## Limits\n\nNone.\n";

static std::string problems(std::vector<Check> Checks, const char *Page = GoodPage) {
  std::vector<const Check *> All;
  for (const Check &C : Checks)
    All.push_back(&C);
  return llvm::toString(validate(All, [&](const Check &) { return Page; }));
}

static Check good(const char *Id) {
  return {.Id = Id, .Summary = "finds it", .Since = "0.1", .Run = runNothing};
}

TEST(Validate, AllChecksAreInOrder) {
  EXPECT_EQ(llvm::toString(validate(allChecks(), page)), "");
  EXPECT_TRUE(llvm::is_sorted(allChecks(), [](const Check *A, const Check *B) { return A->Id < B->Id; }));
}

TEST(Validate, GoodOnesPass) { EXPECT_EQ(problems({good("a-fault"), good("b-fault")}), ""); }

TEST(Validate, RefusesTheSameIdTwice) {
  EXPECT_EQ(problems({good("a-fault"), good("a-fault")}), "check 'a-fault' is there twice");
}

TEST(Validate, RefusesNoSummary) {
  Check C = good("a-fault");
  C.Summary = "";
  EXPECT_EQ(problems({C}), "check 'a-fault' has no summary");
}

TEST(Validate, RefusesNoPage) {
  EXPECT_EQ(problems({good("a-fault")}, ""),
            "check 'a-fault' has no page: write checks/a-fault/doc.md");
}

TEST(Validate, RefusesAPageWithoutLimits) {
  EXPECT_THAT(problems({good("a-fault")}, "# x\n\n## What it finds\n\n## Why it matters\n\n## Flagged\n"
                                          "\n## Fine\n\n## How to fix\n\n## Options\n\n"),
              HasSubstr("no heading '## Limits'"));
}

TEST(Validate, RefusesAnIdThatIsNoKebabCase) {
  EXPECT_THAT(problems({good("aFault")}), HasSubstr("lower case words"));
}

TEST(Validate, RefusesTwoJudgesOfOneFault) {
  Check A = good("a-fault"), B = good("b-fault");
  A.Judges = B.Judges = Fault::Send;
  EXPECT_EQ(problems({A, B}), "checks 'a-fault' and 'b-fault' judge the same fault");
}
