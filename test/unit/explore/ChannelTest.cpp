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
