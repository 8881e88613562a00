// What the parser says about text that is no skeleton: line, column, what was
// expected, what stands there.

#include "skeleton/Text.h"

#include "gtest/gtest.h"

using namespace taskleak;

static std::string error(const std::string &Text) {
  auto U = parseUnit(Text);
  return U ? "no error" : llvm::toString(U.takeError());
}

static std::string inBlock(const std::string &Line) {
  return error("unit \"u\"\nfunction @0 \"f\" params=0 captures=0 {\nb0:\n" + Line + "\n}\n");
}

TEST(ParseError, Unit) {
  EXPECT_EQ(error(""), "1:1: expected 'unit', found the end of the text");
  EXPECT_EQ(error("unit u"), "1:6: expected a string in double quotes, found 'u'");
  EXPECT_EQ(error("unit \"u\"\nclass \"Q\""),
            "2:1: expected 'file', 'record', 'global' or 'function', found 'class'");
  EXPECT_EQ(error("unit \"u\"\nfile 1 \"a\""), "2:6: expected file number 0, found '1'");
  EXPECT_EQ(error("unit \"u\"\nfunction @1 \"a\""), "2:10: expected function @0, found '@1'");
  EXPECT_EQ(error("unit \"u\"\nrecord \"Q\" embeds(a)"),
            "2:12: expected 'embedded(...)', 'leadback(...)', 'base(...)', 'method(...)', "
            "'maker(...)', 'creator(...)', 'ender(...)', 'call(...)' or '.open', found 'embeds'");
  EXPECT_EQ(error("unit \"u\"\nglobal 0 \"g\" .static"),
            "2:14: expected '.internal', '.constant', 'init=' or a place, found '.static'");
}

TEST(ParseError, Strings) {
  EXPECT_EQ(error("unit \"u\n"), "1:6: expected '\"' at the end of the string, found '\"u'");
  EXPECT_EQ(error("unit \"\\q\""),
            "1:6: expected one of \\\" \\\\ \\n \\xHH in a string, found '\"'");
}

TEST(ParseError, Function) {
  EXPECT_EQ(error("unit \"u\"\nfunction @0 \"f\" params=x {"),
            "2:24: expected a number, found 'x'");
  EXPECT_EQ(error("unit \"u\"\nfunction @0 \"f\" .fast {"),
            "2:17: expected 'params=', 'captures=', 'key=', '.noexcept', '.coroutine', '.number', '.main', "
            "'.internal', '.called', '.driver', a place or '{', found '.fast'");
  EXPECT_EQ(error("unit \"u\"\nfunction @0 \"f\" {\n  return\n}"),
            "3:3: expected a slot, a block or '}', found 'return'");
  EXPECT_EQ(error("unit \"u\"\nfunction @0 \"f\" {\n  b1:\n}"), "3:3: expected b0, found 'b1'");
  EXPECT_EQ(error("unit \"u\"\nfunction @0 \"f\" {\n  b0:\n    return\n"),
            "5:1: expected an operation, found the end of the text");
  EXPECT_EQ(error("unit \"u\"\nfunction @0 \"f\" {\n  slot %0 \"q\" kind=queue\n}"),
            "3:20: expected a kind of object, found 'queue'");
}

TEST(ParseError, Instruction) {
  EXPECT_EQ(inBlock("recieve %0"), "4:1: expected an operation, found 'recieve'");
  EXPECT_EQ(inBlock("%0 receive %1"), "4:4: expected '=', found 'receive'");
  EXPECT_EQ(inBlock("send.quick %0, 1"), "4:5: expected a flag of an operation, found '.quick'");
  EXPECT_EQ(inBlock("send %0,"), "5:1: expected an operand, found '}'");
  EXPECT_EQ(inBlock("%0 = make queue"), "4:11: expected a kind of object, found 'queue'");
  EXPECT_EQ(inBlock("call %0"), "4:6: expected a function, such as @0, or '?', found '%0'");
  EXPECT_EQ(inBlock("send %0, 1 on(late=2)"),
            "4:15: expected ok, closed, timeout, full, empty, cancelled or broken, found 'late'");
  EXPECT_EQ(inBlock("send %0, 1 on(closed=no)"), "4:22: expected a number or 'throw', found 'no'");
  EXPECT_EQ(inBlock("lock %0 until=%1"),
            "4:9: expected an operand, a block, 'cancel=', 'done=', 'fulfil=', 'strand=', 'on(' or "
            "the end of the line, found 'until'");
  EXPECT_EQ(inBlock("lock %0 !0:3"),
            "4:9: expected a place, !file:line:column-column, found '!0:3'");
  EXPECT_EQ(inBlock("lock %99999999"), "4:6: expected a smaller number after '%', found '%'");
  EXPECT_EQ(inBlock("lock %"), "4:6: expected a number after '%', found '%'");
  EXPECT_EQ(inBlock("lock &"), "4:6: expected an operation, an operand or a mark, found '&'");
}
