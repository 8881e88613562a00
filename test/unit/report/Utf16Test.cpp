// Columns: bytes in, UTF-16 code units out.

#include "report/Utf16.h"

#include <gtest/gtest.h>

using namespace taskleak;
using Units = std::vector<uint16_t>;

TEST(Utf16, AsciiColumnsStay) {
  EXPECT_EQ(utf16Column("send(1);", 1), 1u);
  EXPECT_EQ(utf16Column("send(1);", 6), 6u);
}

TEST(Utf16, TwoByteCharacterIsOneUnit) { EXPECT_EQ(utf16Column("/*\xC3\xA9*/ x", 8), 7u); }

TEST(Utf16, EmojiIsTwoUnits) {
  EXPECT_EQ(utf16Column("\"\xF0\x9F\x90\x9F\" x", 8), 6u);
  EXPECT_EQ(utf16Units("\xF0\x9F\x90\x9F"), (Units{0xD83D, 0xDC1F}));
}

TEST(Utf16, ColumnPastTheEndIsHeld) { EXPECT_EQ(utf16Column("ab", 99), 3u); }

TEST(Utf16, ForeignBytesAreReplaced) { EXPECT_EQ(utf16Units("a\xE9z"), (Units{'a', 0xFFFD, 'z'})); }
