// Printing and parsing are each other's inverse: on the example of the docs, and
// on random units.

#include "RandomUnit.h"

#include "skeleton/Text.h"

#include "gtest/gtest.h"

using namespace taskleak;

static std::string printed(const Unit &U) {
  std::string S;
  llvm::raw_string_ostream OS(S);
  print(U, OS);
  return S;
}

static Unit parsed(llvm::StringRef Text) {
  auto U = parseUnit(Text);
  if (!U) {
    ADD_FAILURE() << llvm::toString(U.takeError()) << "\n" << Text.str();
    return {};
  }
  return std::move(*U);
}

static void expectSame(const Instruction &A, const Instruction &B) {
  EXPECT_EQ(A.Code, B.Code);
  EXPECT_EQ(A.Kind, B.Kind);
  EXPECT_EQ(A.Flag, B.Flag);
  EXPECT_EQ(A.Result, B.Result);
  EXPECT_EQ(A.Received, B.Received);
  EXPECT_EQ(A.Operands, B.Operands);
  EXPECT_EQ(A.Named, B.Named);
  EXPECT_EQ(A.Outcomes, B.Outcomes);
  EXPECT_EQ(A.Targets, B.Targets);
  EXPECT_EQ(A.Callee, B.Callee);
  EXPECT_EQ(A.Text, B.Text);
  EXPECT_EQ(A.At, B.At);
}

static void expectSame(const Function &A, const Function &B) {
  EXPECT_EQ(A.Name, B.Name);
  EXPECT_EQ(A.Key, B.Key);
  EXPECT_EQ(A.At, B.At);
  EXPECT_EQ(A.Params, B.Params);
  EXPECT_EQ(A.Captures, B.Captures);
  EXPECT_EQ(std::tie(A.NoExcept, A.Coroutine, A.IsMain, A.InternalOnly, A.Called, A.Driver),
            std::tie(B.NoExcept, B.Coroutine, B.IsMain, B.InternalOnly, B.Called, B.Driver));
  ASSERT_EQ(A.Slots.size(), B.Slots.size());
  for (size_t S = 0; S < A.Slots.size(); ++S) {
    EXPECT_EQ(A.Slots[S].Name, B.Slots[S].Name);
    EXPECT_EQ(A.Slots[S].Kind, B.Slots[S].Kind);
    EXPECT_EQ(A.Slots[S].IsNumber, B.Slots[S].IsNumber);
  }
  ASSERT_EQ(A.Blocks.size(), B.Blocks.size());
  for (size_t N = 0; N < A.Blocks.size(); ++N) {
    EXPECT_EQ(A.Blocks[N].Unwind, B.Blocks[N].Unwind);
    ASSERT_EQ(A.Blocks[N].Body.size(), B.Blocks[N].Body.size());
    for (size_t I = 0; I < A.Blocks[N].Body.size(); ++I)
      expectSame(A.Blocks[N].Body[I], B.Blocks[N].Body[I]);
  }
}

static void expectSame(const Unit &A, const Unit &B) {
  EXPECT_EQ(A.MainFile, B.MainFile);
  EXPECT_EQ(A.Files, B.Files);
  ASSERT_EQ(A.Records.size(), B.Records.size());
  for (size_t R = 0; R < A.Records.size(); ++R) {
    EXPECT_EQ(A.Records[R].Name, B.Records[R].Name);
    EXPECT_EQ(A.Records[R].Embedded, B.Records[R].Embedded);
    EXPECT_EQ(A.Records[R].LeadBack, B.Records[R].LeadBack);
    EXPECT_EQ(A.Records[R].Methods, B.Records[R].Methods);
    const ClassUse &UseA = A.Records[R].Use, &UseB = B.Records[R].Use;
    EXPECT_EQ(std::tie(UseA.Makers, UseA.Creators, UseA.Ender, UseA.Calls, UseA.Open),
              std::tie(UseB.Makers, UseB.Creators, UseB.Ender, UseB.Calls, UseB.Open));
  }
  ASSERT_EQ(A.Globals.size(), B.Globals.size());
  for (size_t G = 0; G < A.Globals.size(); ++G) {
    EXPECT_EQ(A.Globals[G].Name, B.Globals[G].Name);
    EXPECT_EQ(A.Globals[G].At, B.Globals[G].At);
    EXPECT_EQ(A.Globals[G].InternalOnly, B.Globals[G].InternalOnly);
    EXPECT_EQ(A.Globals[G].Initializer, B.Globals[G].Initializer);
  }
  ASSERT_EQ(A.Functions.size(), B.Functions.size());
  for (size_t F = 0; F < A.Functions.size(); ++F)
    expectSame(A.Functions[F], B.Functions[F]);
}

TEST(RoundTrip, ExampleOfTheDocs) {
  const char *Text = R"(unit "order.cpp"
file 0 "order.cpp"
record "Queue" embedded(items_, m_) leadback(items_) method("run/0" = @1) maker(@0) creator(@1) ender(@1) call(@0) call(@1) .open
global 0 "stop" .internal .constant init=@1

function @0 "produce" params=1 captures=0 key="c:@F@produce" .noexcept .coroutine .main .internal .called .driver !0:3:6-13 {
  slot %0 "q" kind=channel .number
  b0 unwind b2:
    %1 = make channel 4 "orders" .keepssenders !0:4:3-9
    send %1, 7 on(closed=2, timeout=throw) !0:5:3-9
    %2, %3 = receive.timed %1 cancel=%0 !0:6:3-7:9
    _, %3 = receive %1
    %4 = call @1 %1, null, ?, $0, -3, @1
    branch "ok" %4 b1 b2
  b1:
    return %2
  b2:
    throw
}

function @1 "make stop" params=0 captures=0 {
}
)";
  Unit U = parsed(Text);
  EXPECT_EQ(printed(U), Text);
  EXPECT_TRUE(verify(U).empty()) << verify(U)[0];
  ASSERT_EQ(U.Functions.size(), 2u);
  const Function &F = U.Functions[0];
  EXPECT_EQ(F.Slots.size(), 5u);
  EXPECT_EQ(F.Slots[0].Kind, ObjectKind::Channel);
  EXPECT_EQ(F.Blocks[0].Unwind, 2u);
  EXPECT_EQ(F.Blocks[0].Body[2].named(Role::Cancel), Operand::slot(0));
  EXPECT_EQ(F.Blocks[0].Body[2].At, (Place{0, 6, 3, 7, 9}));
  EXPECT_EQ(F.Blocks[0].Body[4].Callee, 1u);
  ASSERT_NE(U.findRecord("Queue"), nullptr);
  EXPECT_EQ(U.findRecord("Queue")->Methods[0].second, 1u);
  EXPECT_EQ(U.findRecord("Stack"), nullptr);
}

TEST(RoundTrip, CommentsAndBlankLinesAreSkipped) {
  Unit U = parsed("# a unit\n\nunit \"a # b\" # name\n\n  # no files\n");
  EXPECT_EQ(printed(U), "unit \"a # b\"\n");
}

TEST(RoundTrip, StringsEscapeWhatTheyMust) {
  Unit U;
  U.MainFile = "a\"b\\c\nd\x01\xc3\xa9";
  EXPECT_EQ(printed(U), "unit \"a\\\"b\\\\c\\nd\\x01\xc3\xa9\"\n");
  EXPECT_EQ(parsed(printed(U)).MainFile, U.MainFile);
}

TEST(RoundTrip, WordsParseBack) {
#define OPERATION(Name, Spelling, Group)                                                           \
  EXPECT_EQ(parseOp(spelling(Op::Name)), Op::Name);                                                \
  EXPECT_EQ(group(Op::Name), OpGroup::Group);
#include "skeleton/Operations.def"
  for (unsigned F = 0; F < unsigned(Flag::Last); ++F)
    EXPECT_EQ(parseFlag(spelling(Flag(F))), Flag(F));
  for (unsigned K = 1; K <= unsigned(ObjectKind::Task); ++K)
    EXPECT_EQ(parseObjectKind(spelling(ObjectKind(K))), ObjectKind(K));
  for (unsigned R = 0; R <= unsigned(Role::Strand); ++R)
    EXPECT_EQ(parseRole(spelling(Role(R))), Role(R));
  for (unsigned O = 0; O <= unsigned(Outcome::Broken); ++O)
    EXPECT_EQ(parseOutcome(spelling(Outcome(O))), Outcome(O));
  EXPECT_EQ(parseOp("recieve"), std::nullopt);
  EXPECT_EQ(parseObjectKind("none"), std::nullopt);
}

TEST(RoundTrip, RandomUnits) {
  for (unsigned Seed = 0; Seed < 500 && !HasFailure(); ++Seed) {
    SCOPED_TRACE(Seed);
    Unit U = RandomUnit(Seed).make();
    auto Problems = verify(U);
    EXPECT_TRUE(Problems.empty()) << Problems[0];
    std::string Text = printed(U);
    Unit Again = parsed(Text);
    expectSame(U, Again);
    EXPECT_EQ(printed(Again), Text);
  }
}
