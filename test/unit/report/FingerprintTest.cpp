// A fingerprint follows its finding, not its line.

#include "Sample.h"

#include "report/Fingerprint.h"

#include <gtest/gtest.h>

using namespace taskleak;

static std::vector<std::string> of(const Sample &S) { return fingerprints(S.R, {"src/order.cpp"}); }

TEST(Fingerprint, SurvivesMovedLines) {
  Sample Before(""), After("");
  Before.add(3, 5, 9);
  After.add(40, 7, 11);
  EXPECT_EQ(of(Before), of(After));
}

TEST(Fingerprint, SurvivesRenamedObjects) {
  Sample Before(""), After("");
  Before.add(3, 5, 9).Message = "the send to 'orders' waits: its capacity 2 is used up";
  After.add(3, 5, 9).Message = "the send to 'requests' waits: its capacity 16 is used up";
  EXPECT_EQ(of(Before), of(After));
}

TEST(Fingerprint, TellsFunctionsAndChecksApart) {
  Sample S("");
  S.add(1, 1, 2);
  S.add(2, 1, 2).Function = "shop::cancel";
  S.add(3, 1, 2).Check = "lost-cancel";
  std::vector<std::string> Found = of(S);
  EXPECT_NE(Found[0], Found[1]);
  EXPECT_NE(Found[0], Found[2]);
}

TEST(Fingerprint, NumbersEqualOnes) {
  Sample S("");
  S.add(1, 1, 2);
  S.add(2, 1, 2);
  std::vector<std::string> Found = of(S);
  EXPECT_TRUE(llvm::StringRef(Found[0]).ends_with(":1"));
  EXPECT_TRUE(llvm::StringRef(Found[1]).ends_with(":2"));
}
