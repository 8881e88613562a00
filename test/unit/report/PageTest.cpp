// What is taken from a check's page.

#include "Sample.h"

#include "report/Page.h"

#include <gtest/gtest.h>

using namespace taskleak;

TEST(Page, FirstParagraphIsOneLine) {
  EXPECT_EQ(firstParagraph(sampleRules()[0].Page),
            "A send with no `receiver`, ever: see CWE-833 and CWE-400.");
}

TEST(Page, FirstParagraphMayBeginWithCode) {
  EXPECT_EQ(firstParagraph("# x\n\n```cpp\nskipped();\n```\n\n`join` is waited for.\n"),
            "`join` is waited for.");
}

TEST(Page, PlainTextHasNoMarks) {
  EXPECT_EQ(plainText(sampleRules()[0].Page),
            "blocking-send\n\nA send with no receiver, ever: see\nCWE-833 and CWE-400.\n\n"
            "Flagged\n\n    ch.send(1); // #1\n\nAlso CWE-833.");
}

TEST(Page, WeaknessesOnceEach) {
  EXPECT_EQ(weaknesses(sampleRules()[0].Page), (std::vector<std::string>{"cwe-833", "cwe-400"}));
  EXPECT_TRUE(weaknesses("no CWE- here").empty());
}
