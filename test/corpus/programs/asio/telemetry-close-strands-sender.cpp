// A drone sends telemetry through a channel until its link is closed. close() tells the
// receiver; a send that waits at that moment goes on waiting.
// pattern: close wakes receivers but not senders

#include "oracle.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdint>

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using boost::system::error_code;

namespace drone {

struct Attitude {
  std::int16_t roll = 0, pitch = 0, yaw = 0;
};

class Link {
public:
  explicit Link(asio::io_context &io) : samples_(io, 0) {}

  awaitable<void> stream() {
    oracle::Task alive;
    try {
      for (Attitude attitude;; ++attitude.yaw)
        co_await samples_.async_send(error_code{}, attitude, use_awaitable); // stuck: blocking-send
    } catch (const boost::system::system_error &) {
    }
  }

  awaitable<void> show(int samples) {
    oracle::Task alive;
    while (samples-- > 0)
      shown_ = co_await samples_.async_receive(use_awaitable);
    samples_.close(); // cause
#ifndef LEAKING
    samples_.cancel();
#endif
  }

private:
  asio::experimental::channel<void(error_code, Attitude)> samples_;
  Attitude shown_;
};

} // namespace drone

void fly() {
  asio::io_context io;
  drone::Link link(io);
  co_spawn(io, link.stream(), asio::detached);
  co_spawn(io, link.show(2), asio::detached);
  io.run();
}

int main() {
  oracle::watch();
  fly();
  return oracle::verdict();
}
