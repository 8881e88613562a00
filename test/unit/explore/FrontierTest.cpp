// Which state is looked at next, and what counts as a new guess.

#include "explore/Frontier.h"
#include "explore/Habits.h"

#include "gtest/gtest.h"

#include <set>

using namespace taskleak;

static Unseen state(StateId Id) { return {Id, World()}; }

TEST(Frontier, FewGuessesComeMoreOften) {
  Frontier F;
  for (StateId Id = 0; Id < 8; ++Id)
    F.push(state(Id), /*Guesses=*/0);
  for (StateId Id = 100; Id < 108; ++Id)
    F.push(state(Id), /*Guesses=*/3);
  unsigned Few = 0;
  for (unsigned Taken = 0; Taken < 8; ++Taken)
    Few += F.takeOldest().Id < 100;
  EXPECT_GT(Few, 4u);
  EXPECT_LT(Few, 8u); // The others wait, but not for ever.
}

TEST(Frontier, TheOldestOfALevelComesFirst) {
  Frontier F;
  F.push(state(1), 0);
  F.push(state(2), 0);
  F.push(state(3), 0);
  EXPECT_EQ(F.takeOldest().Id, 1u);
  EXPECT_EQ(F.takeOldest().Id, 2u);
  EXPECT_EQ(F.size(), 1u);
}

TEST(Frontier, AllOfThemCome) {
  Frontier F;
  for (unsigned Guesses = 0; Guesses < 9; ++Guesses)
    F.push(state(Guesses), Guesses);
  std::set<StateId> Seen;
  for (unsigned Turn = 0; !F.empty(); ++Turn)
    Seen.insert(Turn % 2 ? F.takeOldest().Id : F.takeAny(Turn).Id);
  EXPECT_EQ(Seen.size(), 9u);
}

TEST(Habits, TheSameAnswerAtOnePlaceIsNoNewGuess) {
  Habits Of;
  GuessOn Yes{0, {7, 1}}, No{1, {7, 0}}, Elsewhere{2, {8, 1}};
  EXPECT_EQ(Of.newOnes({Yes}), 1u);
  Of.learn({Yes});
  Of.learn({Yes});
  EXPECT_EQ(Of.Different, 1u);
  EXPECT_EQ(Of.newOnes({Yes, No, Elsewhere}), 2u);
  Of.learn({No, Elsewhere});
  EXPECT_EQ(Of.Different, 3u);
}
