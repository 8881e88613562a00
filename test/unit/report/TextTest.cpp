// What people read at a terminal.

#include "Sample.h"

#include "report/Text.h"

#include <gtest/gtest.h>

using namespace llvm;
using namespace taskleak;

static std::string shown(Sample &S, bool Color = false) {
  std::string Out;
  raw_string_ostream OS(Out);
  Sources Texts(S.R.Files);
  printText(S.R, Texts, {S.Folder, Color}, OS);
  return Out;
}

TEST(Text, WalksTheSchedule) {
  Sample S("void place() {\n  orders.send(1);\n}\nvoid work() {\n  ask();\n}\n");
  Finding &F = S.add(2, 3, 17);
  F.Trails = {{"task 'place'", {{F.At, "sends to 'orders' and waits", 2, true}}},
              {"task 'work'", {{S.at(5, 3, 8), "waits in 'ask'", 1, true}}}};
  F.Assumptions = {"`err` is true", "`n` is 2", "`ask` throws"};
  F.Help = "give the send a timeout";
  EXPECT_EQ(shown(S),
            "order.cpp:2:3: warning: the send to 'orders' can block for ever "
            "[taskleak-blocking-send]\n"
            "    2 |   orders.send(1);\n"
            "      |   ^~~~~~~~~~~~~~\n"
            "order.cpp:5:3: note: (1) task 'work': waits in 'ask'\n"
            "    5 |   ask();\n"
            "      |   ^~~~~\n"
            "order.cpp:2:3: note: (2) task 'place': sends to 'orders' and waits\n"
            "    2 |   orders.send(1);\n"
            "      |   ^~~~~~~~~~~~~~\n"
            "  evidence: likely, assuming `err` is true, `n` is 2 and `ask` throws\n"
            "  help: give the send a timeout\n");
}

TEST(Text, CaretStandsUnderTabsAndWideCharacters) {
  Sample S("\tq.send(\"\xE6\xB0\xB4\"); x.get();\n");
  S.add(1, 17, 24);
  std::string Out = shown(S);
  StringRef Lines = StringRef(Out).split('\n').second;
  auto [Source, Rest] = Lines.split('\n');
  EXPECT_EQ(Source, "    1 |         q.send(\"\xE6\xB0\xB4\"); x.get();");
  // The wide character is two columns of three bytes.
  EXPECT_EQ(Rest.split('\n').first, "      |                       ^~~~~~~");
}

TEST(Text, RangeOverSeveralLinesEndsWithTheFirst) {
  Sample S("f(1,\n  2);\n");
  S.add(1, 1, 5).At.EndLine = 2;
  EXPECT_NE(shown(S).find("| f(1,\n      | ^~~~\n"), std::string::npos);
}

TEST(Text, MissingSourceStillHasThePlace) {
  Sample S("x\n");
  S.R.Files[0] = S.Folder + "/gone.cpp";
  S.add(7, 1, 2);
  EXPECT_EQ(StringRef(shown(S)).count('\n'), 2u);
}

TEST(Text, ColorsOnlyWhenAsked) {
  Sample S("x\n");
  S.add(1, 1, 2);
  EXPECT_EQ(shown(S).find('\033'), std::string::npos);
  EXPECT_NE(shown(S, true).find('\033'), std::string::npos);
}

TEST(Text, Summary) {
  Sample S("x\n");
  EXPECT_EQ(summary(S.R), "no findings in 1 unit");
  S.add(1, 1, 2);
  S.add(1, 1, 2).Sure = Evidence::Proven;
  S.add(1, 1, 2).Sure = Evidence::Proven;
  S.R.Units = 12;
  EXPECT_EQ(summary(S.R), "3 findings (2 proven, 1 likely) in 12 units");
  S.R.Failed.push_back({"/none/a.cpp", "does not compile"});
  EXPECT_EQ(summary(S.R),
            "3 findings (2 proven, 1 likely) in 12 units, 1 of which could not be analysed");
}

TEST(Text, FailureNamesPlaceBelowTheBase) {
  FailedUnit U{"/none/repo/a.cpp", "does not compile", "cannot open '/none/repo/b.h'",
               "/none/repo/a.cpp", 3, 5, 2};
  EXPECT_EQ(failureText(U, "/none/repo", true),
            "does not compile: a.cpp:3:5: cannot open 'b.h'; 2 errors");
  EXPECT_EQ(failureText(U, "/none/repo", false), "does not compile: cannot open 'b.h'; 2 errors");
}
