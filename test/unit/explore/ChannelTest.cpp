// Channels: sends that nobody takes, receives that nobody serves, close.

#include "Running.h"

#include <gtest/gtest.h>

using namespace taskleak;

TEST(Channel, SendWithoutReceiver) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 0 "c"
        %1 = closure @1, %0
        %2 = spawn "sender" %1
        return
    }
    function @1 "send" params=1 captures=1 {
      b0:
        send %0, 7
        return
    }
  )"),
            Names{"send 'c'"});
}

TEST(Channel, Handshake) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 0 "c"
        %1 = closure @1, %0
        %2 = spawn "sender" %1
        %3, %4 = receive %0
        join %2
        return
    }
    function @1 "send" params=1 captures=1 {
      b0:
        send %0, 7
        return
    }
  )"),
            Names{});
}

TEST(Channel, BufferTakesOne) {
  const char *Text = R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel CAPACITY "c"
        %1 = closure @1, %0
        %2 = spawn "sender" %1
        %3 = spawn "sender" %1
        return
    }
    function @1 "send" params=1 captures=1 {
      b0:
        send %0, 7
        return
    }
  )";
  auto With = [&](const char *Capacity) {
    std::string Copy = Text;
    Copy.replace(Copy.find("CAPACITY"), 8, Capacity);
    return stuck(Copy);
  };
  EXPECT_EQ(With("1"), Names{"send 'c'"});
  EXPECT_EQ(With("2"), Names{});
  EXPECT_EQ(With("?"), Names{});
}

/// A function that sends twice to a channel made by \p Make, in a task of its own;
/// the caller does \p Then with the channel %0 and joins.
static Names sendTwice(const std::string &Make, const std::string &Then) {
  return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel )" + Make + R"( "c"
        %1 = closure @1, %0
        %2 = spawn "sender" %1
        )" + Then + R"(
        join %2
        return
    }
    function @1 "send" params=1 captures=1 {
      b0:
        send %0, 1
        send %0, 2
        return
    }
  )");
}

TEST(Channel, CloseEndsBlockedSend) {
  EXPECT_EQ(sendTwice("1", ""), (Names{"join 'sender'", "send 'c'"}));
  EXPECT_EQ(sendTwice("1", "close %0"), Names{});
  EXPECT_EQ(sendTwice("1", "receive %0"), Names{});
}

TEST(Channel, CloseThatKeepsSenders) {
  EXPECT_EQ(sendTwice("1 .keepssenders", "close %0"), (Names{"join 'sender'", "send 'c'"}));
}

TEST(Channel, InterruptEndsOnlyThoseWhoWaitNow) {
  // The sender may come after the interrupt.
  EXPECT_EQ(sendTwice("1", "interrupt %0"), (Names{"join 'sender'", "send 'c'"}));
}

/// A receiver that goes on until the channel is closed; the caller does \p Then and joins.
static Names receiveAll(const std::string &Then, const std::string &Make = "8") {
  return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel )" + Make + R"( "c"
        %1 = closure @1, %0
        %2 = spawn "receiver" %1
        send %0, 1
        )" + Then + R"(
        join %2
        return
    }
    function @1 "receive" params=1 captures=1 {
      b0:
        jump b1
      b1:
        %1, %2 = receive %0
        branch %1 b1 b2
      b2:
        return
    }
  )");
}

TEST(Channel, ReceiveUntilClosed) {
  EXPECT_EQ(receiveAll(""), (Names{"join 'receiver'", "receive 'c'"}));
  EXPECT_EQ(receiveAll("close %0"), Names{});
  EXPECT_EQ(receiveAll("close %0", "8 .losesbuffer"), Names{});
}

TEST(Channel, ReceivedValueArrives) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 2 "c"
        send %0, 0
        send %0, 1
        %1, %2 = receive %0
        branch %2 b1 b2
      b1:
        send %0, 1
        send %0, 1
        return
      b2:
        return
    }
  )"),
            Names{});
}

TEST(Channel, TimedAndTriedWaitsEnd) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 0 "c"
        %1 = send.timed %0, 1
        %2 = send.try %0, 1
        %3, %4 = receive.timed %0
        %5, %6 = receive.try %0
        return
    }
  )"),
            Names{});
}

TEST(Channel, OutcomesAreTold) {
  // Closed is 2, and 2 leads to a wait that nobody ends.
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 1 "c"
        %5 = make event "never"
        close %0
        %1, %2 = receive %0 on(closed=2)
        %3 = eq %1, 2
        branch %3 b1 b2
      b1:
        await %5
        return
      b2:
        return
    }
  )"),
            Names{"await 'never'"});
}

TEST(Channel, ClosedThrows) {
  EXPECT_EQ(stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0 unwind b1:
        %0 = make channel 1 "c"
        %1 = make event "never"
        close %0
        send %0, 1 on(closed=throw)
        return
      b1:
        await %1
        return
    }
  )"),
            Names{"await 'never'"});
}

TEST(Channel, Poll) {
  auto With = [](const std::string &Then) {
    return stuck(R"(
    unit "a.cpp"
    function @0 "f" {
      b0:
        %0 = make channel 1 "a"
        %1 = make channel 1 "b"
        %2 = closure @1, %0, %1
        %3 = spawn "poller" %2
        )" + Then + R"(
        join %3
        return
    }
    function @1 "poll" params=2 captures=2 {
      b0:
        %2 = sequence
        append %2, %0
        append %2, %1
        %3 = poll %2
        return
    }
  )");
  };
  EXPECT_EQ(With(""), (Names{"join 'poller'", "poll ''"}));
  EXPECT_EQ(With("send %1, 1"), Names{});
}
