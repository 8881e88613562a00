// GitHub's line hash, against vectors and against the sum that the rolling form
// stands for.

#include "report/LineHash.h"

#include "llvm/ADT/StringExtras.h"

#include <gtest/gtest.h>

#include <map>

using namespace llvm;
using namespace taskleak;
using Hashes = std::vector<std::string>;

namespace {

/// The hash of each line as its definition says: over ASCII text, the 100 units
/// from the line's first kept character, blanks dropped, then the end mark, then
/// zeros.
Hashes defined(StringRef Text) {
  std::vector<uint16_t> Units;
  std::vector<size_t> Starts = {0};
  for (size_t I = 0; I < Text.size(); ++I) {
    char C = Text[I];
    if (C == ' ' || C == '\t' || (C == '\n' && I && Text[I - 1] == '\r'))
      continue;
    Units.push_back(C == '\r' ? '\n' : C);
    if (Units.back() == '\n')
      Starts.push_back(Units.size());
  }
  Units.push_back(65535);
  Units.resize(Units.size() + 100);

  Hashes Out;
  std::map<uint64_t, unsigned> Seen;
  for (size_t Start : Starts) {
    uint64_t Hash = 0;
    for (size_t I = Start; I < Start + 100; ++I)
      Hash = 37 * Hash + Units[I];
    Out.push_back(utohexstr(Hash, true) + ":" + utostr(++Seen[Hash]));
  }
  return Out;
}

} // namespace

TEST(LineHash, EmptyFile) { EXPECT_EQ(lineHashes(""), Hashes{"c129715d7a2bc9a3:1"}); }

TEST(LineHash, GithubsVectors) {
  EXPECT_EQ(lineHashes(" a\nb\n  \t\tc\n d"),
            (Hashes{"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1",
                    "a23a3dc5e078b07b:1"}));
}

TEST(LineHash, FollowsTheDefinition) {
  std::string Long;
  for (unsigned I = 0; I < 60; ++I)
    Long += "line " + utostr(I % 7) + ";\t{ }" + (I % 3 ? "\n" : "\r\n");
  for (const std::string &Text : {std::string("x"), std::string("\n\n\n"), std::string("a\r\nb\rc\n"),
                                  std::string(300, 'q') + "\nend", Long})
    EXPECT_EQ(lineHashes(Text), defined(Text)) << Text;
}

TEST(LineHash, IgnoresBlanksAndLineEnds) {
  EXPECT_EQ(lineHashes("if (a)\n\tb ( );\n"), lineHashes("if(a)\r\n        b();\r\n"));
}

TEST(LineHash, CountsEqualLines) {
  std::string Same(150, 'x');
  Hashes Found = lineHashes(Same + "\n" + Same + "\n");
  ASSERT_EQ(Found.size(), 3u);
  EXPECT_EQ(StringRef(Found[0]).split(':').second, "1");
  EXPECT_EQ(StringRef(Found[1]).split(':').second, "2");
  EXPECT_EQ(StringRef(Found[0]).split(':').first, StringRef(Found[1]).split(':').first);
}

TEST(LineHash, KeepsByteOrderMark) { EXPECT_NE(lineHashes("\xEF\xBB\xBFx"), lineHashes("x")); }
