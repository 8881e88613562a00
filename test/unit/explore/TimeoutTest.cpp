// Tasks that wait until a timeout again and again, while somebody waits for their end.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

/// A reader of a channel %0, which the caller joins after \p Does; what it does after a receive
/// with status %1: ok 1, closed 2, timeout 0. It ends in b2, and goes round by b1.
static Names reader(const std::string &Does, const std::string &Then) {
  return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 4 "keys"
        %1 = sequence "samples"
        %2 = closure @1, %0, %1
        %3 = spawn "reader" %2
)" + Does + R"(
        join %3
        close %0
        return
    }
    function @1 "read" params=2 captures=2 {
      b0:
        jump b1
      b1:
        %2 = receive.timed %0 on(closed=2, timeout=0)
)" + Then + R"(
      b2:
        return
    }
  )");
}

static const char Send[] = "send %0, 7\n";

/// It ends only with the channel.
static const char UntilClosed[] = R"(
        %3 = eq %2, 2
        branch %3 b2 b1
)";

TEST(Timeout, WhoIsServedNoLongerGoesOnInVain) {
  EXPECT_EQ(reader(Send, UntilClosed), (Names{"receive 'keys'"}));
}

TEST(Timeout, WhoIsToldToEndEnds) {
  EXPECT_EQ(reader(std::string(Send) + "close %0\n", UntilClosed), Names());
}

TEST(Timeout, WhoNobodyEverServesMayBeMeantTo) {
  EXPECT_EQ(reader("", UntilClosed), Names());
}

TEST(Timeout, WhoHasNoWayToAnEndIsMeantToGoOn) {
  EXPECT_EQ(reader(Send, "jump b1\n"), Names());
}

TEST(Timeout, WhoEndsAfterATimeoutEnds) {
  EXPECT_EQ(reader(Send, R"(
        branch %2 b1 b2
)"),
            Names());
}

TEST(Timeout, WhoCollectsGoesOnAllTheSame) {
  EXPECT_EQ(reader(Send, R"(
        append %1, 7
        %3 = eq %2, 2
        branch %3 b2 b1
)"),
            (Names{"receive 'keys'"}));
}

TEST(Timeout, WhoCountsWhatItCollectsMayEnd) {
  EXPECT_EQ(reader(Send, R"(
        append %1, 7
        %3 = size %1
        %4 = lt %3, 60
        branch %4 b1 b2
)"),
            Names());
}

/// Two runs of one task, told to end by a flag. The second is told if \p Again is 1.
static Names sampler(const std::string &Again, const std::string &Rest = "wait.timed %2, %1") {
  return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        call @2 1
        call @2 )" + Again + R"(
        return
    }
    function @1 "sample" params=3 captures=3 {
      b0:
        lock %1
        jump b1
      b1:
        %3 = get %0
        branch %3 b3 b2
      b2:
)" + Rest + R"(
        jump b1
      b3:
        unlock %1
        return
    }
    function @2 "measure" params=1 {
      b0:
        %1 = cell "stopped" 0
        %2 = make lock "m"
        %3 = make condition "changed"
        %4 = closure @1, %1, %2, %3
        %5 = spawn "sampler" %4
        branch %0 b1 b2
      b1:
        lock %2
        put %1, 1
        unlock %2
        jump b2
      b2:
        join %5
        return
    }
  )");
}

TEST(Timeout, OfTwoTheOneThatIsNotStoppedGoesOn) {
  EXPECT_EQ(sampler("0"), (Names{"wait 'changed'"}));
  EXPECT_EQ(sampler("1"), Names());
}

TEST(Timeout, WhoWaitsForASleeperWaitsInVain) {
  static const char Sleep[] = "unlock %1\n yield\n lock %1";
  EXPECT_EQ(sampler("0", Sleep), (Names{"join 'sampler'"}));
  EXPECT_EQ(sampler("1", Sleep), Names());
}

TEST(Timeout, WhetherToStopItMayBeAChoice) { EXPECT_EQ(sampler("?"), Names()); }

TEST(Timeout, WhoIsStuckWasSoBeforeMainGaveUp) {
  // Main may look again and again, for ever; that it gives up is not what its task waits for.
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "main" .main {
      b0:
        %0 = make event "never"
        %1 = make channel 2 "told"
        %2 = closure @1, %0, %1
        spawn "t" %2
        spawn "t" %2
        jump b1
      b1:
        %3 = symbol.timed "left"
        branch %3 b2 b3
      b2:
        yield
        jump b1
      b3:
        exit
    }
    function @1 "t" params=2 captures=2 {
      b0:
        send %1, 1
        await %0
        return
    }
  )"),
            Names{"await 'never'"});
}
