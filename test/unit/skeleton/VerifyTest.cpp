// verify() accepts what is well-formed and names what is not.

#include "skeleton/Text.h"

#include "gtest/gtest.h"

using namespace taskleak;

static std::vector<std::string> problems(const std::string &Text) {
  auto U = parseUnit(Text);
  if (!U)
    return {"does not parse: " + llvm::toString(U.takeError())};
  return verify(*U);
}

using Problems = std::vector<std::string>;

static Problems inFunction(const std::string &Body) {
  return problems("unit \"u\"\nfunction @0 \"f\" params=1 captures=0 {\n" + Body + "\n}\n");
}

TEST(Verify, AcceptsABodyOutOfSight) { EXPECT_EQ(inFunction(""), Problems()); }

TEST(Verify, AcceptsEveryPartAnOperationMayLack) {
  EXPECT_EQ(inFunction("b0:\n%1 = make cancel\n%2 = make cancel %1\nawait %0\nawait %0, %1\n"
                       "fulfil %0\nfulfil %0, 1\nwait %0\nselect\nreturn"),
            Problems());
}

TEST(Verify, Blocks) {
  EXPECT_EQ(inFunction("b0:"),
            Problems{"function @0 \"f\", b0: it does not end with a terminator"});
  EXPECT_EQ(inFunction("b0:\nyield"),
            Problems{"function @0 \"f\", b0: it does not end with a terminator"});
  EXPECT_EQ(inFunction("b0:\nreturn\nreturn"),
            Problems{"function @0 \"f\", b0, instruction 0 (return): a terminator in the middle "
                     "of a block"});
  EXPECT_EQ(inFunction("b0 unwind b7:\nreturn"),
            Problems{"function @0 \"f\", b0: unwind target b7 does not exist"});
  EXPECT_EQ(inFunction("b0:\njump b3"),
            Problems{"function @0 \"f\", b0, instruction 0 (jump): target b3 does not exist"});
  EXPECT_EQ(inFunction("b0:\nbranch %0 b0"),
            Problems{"function @0 \"f\", b0, instruction 0 (branch): 1 targets, expected 2"});
}

static Problems inInstruction(const std::string &Line) {
  Problems Found = inFunction("b0:\n" + Line + "\nreturn");
  for (std::string &P : Found)
    P = P.substr(P.find(": ") + 2);
  return Found;
}

TEST(Verify, Instructions) {
  EXPECT_EQ(inInstruction("%1 = load \"f\""), Problems{"0 operands, expected 1"});
  EXPECT_EQ(inInstruction("unlock %0, %0"), Problems{"2 operands, expected 1"});
  EXPECT_EQ(inInstruction("wait"), Problems{"0 operands, expected 1 to 3"});
  EXPECT_EQ(inInstruction("spawn"), Problems{"0 operands, expected at least 1"});
  EXPECT_EQ(inInstruction("%1 = make channel"), Problems{"0 operands, expected 1"});
  EXPECT_EQ(inInstruction("%1 = make task"), Problems{"a task cannot be made"});
  EXPECT_EQ(inInstruction("%1 = load %0"), Problems{"its name in double quotes is missing"});
  EXPECT_EQ(inInstruction("%1 = store \"f\" %0, 1"), Problems{"it has no result"});
  EXPECT_EQ(inInstruction("%1, %2 = send %0, 1"), Problems{"it receives no value"});
  EXPECT_EQ(inInstruction("call ?"), Problems{"callee is missing"});
  EXPECT_EQ(inInstruction("call @4"), Problems{"callee @4 does not exist"});
  EXPECT_EQ(inInstruction("spawn @4"), Problems{"function @4 does not exist"});
  EXPECT_EQ(inInstruction("lock $0"), Problems{"global $0 does not exist"});
  EXPECT_EQ(inInstruction("lock %0 !2:1:1-2"), Problems{"file 2 does not exist"});
}

TEST(Verify, Slots) {
  Unit U;
  Function F;
  F.Name = "f";
  F.Params = 1;
  F.Captures = 2;
  F.Blocks.resize(1);
  Instruction I;
  I.Code = Op::Return;
  I.Operands = {Operand::slot(3)};
  F.Blocks[0].Body.push_back(I);
  U.Functions.push_back(F);
  EXPECT_EQ(verify(U), (Problems{"function @0 \"f\": 2 captures, but only 1 parameters",
                                 "function @0 \"f\": 1 parameters, but only 0 slots",
                                 "function @0 \"f\", b0, instruction 0 (return): slot %3 does not "
                                 "exist"}));
}

TEST(Verify, RecordsAndGlobals) {
  EXPECT_EQ(problems("unit \"u\"\nrecord \"Q\" method(\"run\" = @3)\nrecord \"Q\"\n"
                     "global 0 \"g\" init=@1\n"),
            (Problems{"record \"Q\": method \"run\" @3 does not exist",
                      "record \"Q\": it is there twice",
                      "global 0 \"g\": initializer @1 does not exist"}));
}
