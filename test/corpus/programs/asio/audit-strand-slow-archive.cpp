// Audit records go through a channel to a coroutine that archives them. The archive does
// not answer its requests, and everybody who has something to record waits.
// pattern: consumer stuck in a slow call

#include "oracle.h"

#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>

#include <array>
#include <chrono>
#include <string>

namespace asio = boost::asio;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using namespace asio::experimental::awaitable_operators;
using namespace std::chrono_literals;

class AuditLog {
public:
  AuditLog(asio::thread_pool &pool, tcp::endpoint archive)
      : strand_(asio::make_strand(pool)), records_(strand_, 1), archive_(archive) {}

  asio::awaitable<void> record(std::string what) {
    oracle::Task alive;
#ifdef LEAKING
    co_await records_.async_send(error_code{}, std::move(what), use_awaitable); // stuck: blocking-send
#else
    if (!records_.try_send(error_code{}, std::move(what)))
      ++dropped_;
    co_return;
#endif
  }

  asio::awaitable<void> archiveAll(int count) {
    oracle::Task alive;
    tcp::socket socket(strand_);
    co_await socket.async_connect(archive_, use_awaitable);
    asio::steady_timer limit(strand_);
    while (count-- > 0) {
#ifdef LEAKING
      const std::string what = co_await records_.async_receive(use_awaitable);
#else
      std::string what;
      if (!records_.try_receive([&](error_code, std::string next) { what = std::move(next); }))
        co_return;
#endif
      std::array<char, 2> answer;
      co_await asio::async_write(socket, asio::buffer(what), use_awaitable);
#ifdef LEAKING
      co_await asio::async_read(socket, asio::buffer(answer), use_awaitable); // stuck: blocking-receive
#else
      limit.expires_after(10ms);
      co_await (asio::async_read(socket, asio::buffer(answer), use_awaitable) || limit.async_wait(use_awaitable));
#endif
    }
  }

  const auto &executor() const { return strand_; }

private:
  asio::strand<asio::thread_pool::executor_type> strand_;
  asio::experimental::concurrent_channel<void(error_code, std::string)> records_;
  tcp::endpoint archive_;
  int dropped_ = 0; // cause
};

void changePermissions() {
  asio::thread_pool pool(1);
  tcp::acceptor silent(pool, tcp::endpoint(asio::ip::address_v4::loopback(), 0)); // Accepts, and says nothing.
  AuditLog log(pool, silent.local_endpoint());
  for (const char *what : {"chmod", "chown", "setfacl"})
    asio::co_spawn(log.executor(), log.record(what), asio::detached);
  asio::co_spawn(log.executor(), log.archiveAll(3), asio::detached);
  pool.join();
}

int main() {
  oracle::watch();
  changePermissions();
  return oracle::verdict();
}
