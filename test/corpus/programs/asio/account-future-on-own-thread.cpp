// Handlers of one context are run by one thread. One of them waits for the future of a
// coroutine that the same thread would have to run.
// pattern: task waits for its own end

#include "oracle.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/detached.hpp>

#include <chrono>
#include <future>

namespace asio = boost::asio;

namespace bank {

class Accounts {
public:
  explicit Accounts(asio::io_context &io) : io_(io) {}

  asio::awaitable<long> balance(int account) {
    oracle::Task alive;
    asio::steady_timer database(co_await asio::this_coro::executor, std::chrono::milliseconds(5));
    co_await database.async_wait(asio::use_awaitable);
    co_return 100L * account;
  }

#ifdef LEAKING
  void transfer(int from, int to) {
    oracle::Task alive;
    auto available = asio::co_spawn(io_, balance(from), asio::use_future);
    if (available.get() > 0) // stuck: self-join, unwoken-wait
      moved_ += to;
  }

  void request(int from, int to) {
    asio::post(io_, [this, from, to] { transfer(from, to); }); // cause
  }
#else
  asio::awaitable<void> transfer(int from, int to) {
    oracle::Task alive;
    if (co_await balance(from) > 0)
      moved_ += to;
  }

  void request(int from, int to) { asio::co_spawn(io_, transfer(from, to), asio::detached); }
#endif

private:
  asio::io_context &io_;
  long moved_ = 0;
};

} // namespace bank

void moveMoney() {
  asio::io_context io;
  bank::Accounts accounts(io);
  accounts.request(17, 4);
  io.run();
}

int main() {
  oracle::watch();
  moveMoney();
  return oracle::verdict();
}
