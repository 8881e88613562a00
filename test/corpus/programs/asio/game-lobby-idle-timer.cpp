// A game lobby that is to close when no player joins for a while. The timer is set anew in
// each turn of the loop, and running out is a turn like any other.
// pattern: timer re-armed each turn

#include "oracle.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <iostream>
#include <string>
#include <vector>

using boost::asio::steady_timer;
using boost::asio::use_awaitable;
using namespace boost::asio::experimental::awaitable_operators;

class lobby {
  using arrivals = boost::asio::experimental::channel<void(boost::system::error_code, std::string)>;

  arrivals arrivals_;
  steady_timer idle_;
  std::vector<std::string> players_;

public:
  explicit lobby(boost::asio::io_context &io) : arrivals_(io, 8), idle_(io) {}

  void join(std::string player) { arrivals_.try_send(boost::system::error_code(), std::move(player)); }

  boost::asio::awaitable<void> run() {
    oracle::Task alive;
    while (players_.size() < 4) {
      idle_.expires_after(std::chrono::milliseconds(15));
      auto what = co_await (arrivals_.async_receive(use_awaitable) || // stuck: select-without-cancel
                            idle_.async_wait(use_awaitable));
      if (what.index() == 1) {
        std::clog << "waiting for players\n";
#ifdef LEAKING
        continue; // cause
#else
        co_return;
#endif
      }
      players_.push_back(std::get<0>(std::move(what)));
    }
    std::clog << "the game begins\n";
  }
};

void evening() {
  boost::asio::io_context io;
  lobby chess(io);
  chess.join("ada");
  chess.join("alan");
  boost::asio::co_spawn(io, chess.run(), boost::asio::detached);
  io.run();
}

int main() {
  oracle::watch();
  evening();
  return oracle::verdict();
}
