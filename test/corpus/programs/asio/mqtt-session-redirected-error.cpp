// An MQTT session takes packets until its channel reports an error. The acknowledgement is
// sent into a channel whose reader has left at the first bad packet.
// pattern: consumer leaves on an error

#include "oracle.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdint>

namespace asio = boost::asio;
using boost::system::error_code;

namespace mqtt {

struct Packet {
  std::uint16_t id = 0;
  std::uint8_t qos = 0;
};

using Packets = asio::experimental::channel<void(error_code, Packet)>;

class Session {
public:
  explicit Session(asio::io_context &io) : incoming_(io), acknowledged_(io) {}

  asio::awaitable<void> write() {
    oracle::Task alive;
    for (Packet packet{1, 1}; packet.id <= 4; ++packet.id) {
      packet.qos = packet.id == 2 ? 3 : 1; // There is no quality 3.
      error_code error;
      co_await incoming_.async_send(error_code{}, packet, asio::redirect_error(asio::use_awaitable, error)); // stuck: blocking-send
      if (error)
        co_return;
    }
    incoming_.close();
  }

  asio::awaitable<void> read() {
    oracle::Task alive;
    for (;;) {
      error_code error;
      const Packet packet = co_await incoming_.async_receive(asio::redirect_error(asio::use_awaitable, error));
      if (error)
        co_return;
      if (packet.qos > 2) {
#ifndef LEAKING
        incoming_.close();
        incoming_.cancel();
#endif
        co_return; // cause
      }
      last_ = packet.id;
    }
  }

private:
  Packets incoming_;
  Packets acknowledged_;
  std::uint16_t last_ = 0;
};

} // namespace mqtt

void connectSensor() {
  asio::io_context io;
  mqtt::Session session(io);
  asio::co_spawn(io, session.write(), asio::detached);
  asio::co_spawn(io, session.read(), asio::detached);
  io.run();
}

int main() {
  oracle::watch();
  connectSensor();
  return oracle::verdict();
}
