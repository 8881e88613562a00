// Which of several stuck waits is reported, on stuck waits made by hand.

#include "Analyzed.h"

#include "finding/Causes.h"

#include "gtest/gtest.h"

using namespace taskleak;

namespace {

// One wait of each fault; line 2 + i of function i.
const char Waits[] = R"(
unit "a.cpp"
file 0 "a.cpp"
function @0 "f" params=4 {
  b0:
    send %0, 1
    await %1
    wait %2, %3
    receive %0
    join %1
    return
}
)";

class Causes : public testing::Test {
protected:
  Unit U = parsed(Waits);
  UnitFacts Facts{U, {}, {}, {}, {}, {Fault::Send, Fault::Count, Fault::Wake}};

  static InstructionRef line(uint32_t Index) { return {0, 0, Index}; }

  /// A task stuck in instruction \p At, held up by tasks stuck in \p By.
  Stuck &add(uint32_t At, ObjectKind Kind, std::initializer_list<uint32_t> By = {}) {
    Stuck S;
    S.At = line(At);
    S.Kind = Kind;
    TaskTrail Victim;
    Victim.Blocked = S.At;
    S.Tasks.push_back(Victim);
    for (uint32_t Other : By) {
      TaskTrail Holder;
      Holder.Blocked = line(Other);
      S.HeldUpBy.push_back(unsigned(S.Tasks.size()));
      S.Tasks.push_back(Holder);
    }
    Facts.Stucks.push_back(S);
    return Facts.Stucks.back();
  }

  bool isCause(uint32_t At) const {
    const Stuck *S = nullptr;
    for (const Stuck &Candidate : Facts.Stucks)
      if (Candidate.At == line(At))
        S = &Candidate;
    for (const Stuck *Cause : causes(Facts, fault(U, *S)))
      if (Cause == S)
        return true;
    return false;
  }
};

enum : uint32_t { Send, Await, Wait, Receive, Join };
using K = ObjectKind;

} // namespace

TEST_F(Causes, StuckByItself) {
  add(Send, K::Channel);
  EXPECT_TRUE(isCause(Send));
}

TEST_F(Causes, HeldUpByAnother) {
  add(Send, K::Channel);
  add(Wait, K::Condition, {Send});
  EXPECT_TRUE(isCause(Send));
  EXPECT_FALSE(isCause(Wait));
}

TEST_F(Causes, HeldUpThroughAJoin) {
  add(Send, K::Channel);
  add(Join, K::Task, {Send});
  add(Wait, K::Condition, {Join});
  EXPECT_FALSE(isCause(Wait));
}

// No check reports receives yet, so the send is told: nothing else would be.
TEST_F(Causes, HeldUpByWhatNoCheckJudges) {
  add(Receive, K::Channel);
  add(Send, K::Channel, {Receive});
  EXPECT_TRUE(isCause(Send));
}

TEST_F(Causes, CounterIsNeverBlamedForItsTask) {
  add(Receive, K::Channel);
  add(Await, K::Counter, {Receive});
  EXPECT_FALSE(isCause(Await));
}

TEST_F(Causes, RingHasOneCause) {
  add(Await, K::Counter, {Send});
  add(Send, K::Channel, {Wait});
  add(Wait, K::Condition, {Await});
  EXPECT_TRUE(isCause(Send));
  EXPECT_FALSE(isCause(Await));
  EXPECT_FALSE(isCause(Wait));
}

TEST_F(Causes, RingOfCounterAndReceive) {
  add(Await, K::Counter, {Receive});
  add(Receive, K::Channel, {Await});
  EXPECT_TRUE(isCause(Await));
}

// A consumer that waits for work while its producer waits for the world.
TEST_F(Causes, IdleIsNoFault) {
  Stuck &S = add(Wait, K::Condition, {Send});
  S.Tasks[1].Hung = true;
  EXPECT_FALSE(isCause(Wait));
}

TEST_F(Causes, SendToAConsumerInASlowCall) {
  Stuck &S = add(Send, K::Channel, {Receive});
  S.Tasks[1].Hung = true;
  EXPECT_TRUE(isCause(Send));
}

// What a select waits for is not stuck on its own.
TEST_F(Causes, CaseOfASelectIsToldWithTheSelect) {
  add(Send, K::Channel);
  Stuck &Select = add(Wait, K::Condition, {Send});
  Select.Cases = {line(Send)};
  EXPECT_FALSE(isCause(Send));
  EXPECT_TRUE(isCause(Wait));
}
