// A checkout waits for the payment and for the stock at once. The warehouse has no answer
// for articles that it does not know, and the checkout waits for both of them.
// pattern: receive that nobody feeds

#include "oracle.h"

#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/channel.hpp>

#include <string>
#include <tuple>
#include <unordered_set>

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;
using asio::use_awaitable;
using boost::system::error_code;

namespace shop {

template <class T> using Reply = asio::experimental::channel<void(error_code, T)>;

asio::awaitable<void> charge(long cents, Reply<bool> &paid) {
  oracle::Task alive;
  co_await paid.async_send(error_code{}, cents < 10'000, use_awaitable);
}

asio::awaitable<void> reserve(std::string article, Reply<int> &shelf) {
  oracle::Task alive;
  static const std::unordered_set<std::string> known{"kettle", "teapot"};
  if (!known.contains(article)) {
#ifndef LEAKING
    co_await shelf.async_send(error_code{}, -1, use_awaitable);
#endif
    co_return; // cause
  }
  co_await shelf.async_send(error_code{}, 17, use_awaitable);
}

asio::awaitable<void> checkout(std::string article, long cents) {
  oracle::Task alive;
  auto executor = co_await asio::this_coro::executor;
  Reply<bool> paid(executor);
  Reply<int> shelf(executor);
  asio::co_spawn(executor, charge(cents, paid), asio::detached);
  asio::co_spawn(executor, reserve(std::move(article), shelf), asio::detached);
  auto [isPaid, where] = co_await (paid.async_receive(use_awaitable) && // stuck: blocking-receive, select-without-cancel
                                   shelf.async_receive(use_awaitable));
  if (isPaid && where >= 0)
    co_return;
}

} // namespace shop

void buy() {
  asio::io_context io;
  asio::co_spawn(io, shop::checkout("samovar", 4'999), asio::detached);
  io.run();
}

int main() {
  oracle::watch();
  buy();
  return oracle::verdict();
}
