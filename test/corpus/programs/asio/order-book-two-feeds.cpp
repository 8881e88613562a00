// Merges orders of two markets until both have sent their last one. A market that is shut
// for the day sends none, and the merge waits for either market without a way out.
// pattern: select without cancel

#include "oracle.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <variant>

using namespace boost::asio::experimental::awaitable_operators;
using namespace std::chrono_literals;
using boost::asio::awaitable;
using boost::asio::use_awaitable;

struct Order {
  int quantity = 0;
  bool last = false;
};

using Feed = boost::asio::experimental::channel<void(boost::system::error_code, Order)>;

class OrderBook {
public:
  explicit OrderBook(boost::asio::io_context &io) : limit_(io) {}

  awaitable<void> merge(Feed &north, Feed &south) {
    oracle::Task alive;
    for (int open = 2; open > 0;) {
#ifdef LEAKING
      auto order = co_await (north.async_receive(use_awaitable) || // stuck: select-without-cancel
                             south.async_receive(use_awaitable));
#else
      limit_.expires_after(30ms);
      auto order = co_await (north.async_receive(use_awaitable) || south.async_receive(use_awaitable) ||
                             limit_.async_wait(use_awaitable));
      if (order.index() == 2)
        co_return;
#endif
      const Order &next = order.index() == 0 ? std::get<0>(order) : std::get<1>(order);
      quantity_ += next.quantity;
      open -= next.last;
    }
  }

  int quantity() const { return quantity_; }

private:
  boost::asio::steady_timer limit_;
  int quantity_ = 0;
};

int trade() {
  boost::asio::io_context io;
  Feed north(io, 2), south(io, 2);
  OrderBook book(io);
  north.try_send(boost::system::error_code{}, Order{100});
  north.try_send(boost::system::error_code{}, Order{20, true}); // cause
  co_spawn(io, book.merge(north, south), boost::asio::detached);
  io.run();
  return book.quantity();
}

int main() {
  oracle::watch();
  trade();
  return oracle::verdict();
}
