// A text is translated by three engines on a pool, and the first translation is shown. The
// channel holds none, so that the two slower engines wait for a receiver.
// pattern: n senders and one receive

#include "oracle.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <array>
#include <chrono>
#include <string>

namespace asio = boost::asio;
using boost::system::error_code;

struct Engine {
  const char *name;
  std::chrono::milliseconds latency;
};

constexpr std::array<Engine, 3> kEngines{{
    {"babel", std::chrono::milliseconds(3)},
    {"rosetta", std::chrono::milliseconds(1)},
    {"lingua", std::chrono::milliseconds(6)},
}};

class Translator {
public:
  explicit Translator(asio::thread_pool &pool)
      : pool_(pool),
#ifdef LEAKING
        results_(pool) // cause
#else
        results_(pool, kEngines.size())
#endif
  {
  }

  std::string translate(const std::string &text) {
    for (const Engine &engine : kEngines)
      asio::co_spawn(pool_, ask(engine, text), asio::detached);
    return results_.async_receive(asio::use_future).get();
  }

private:
  asio::awaitable<void> ask(Engine engine, std::string text) {
    oracle::Task alive;
    asio::steady_timer thinking(co_await asio::this_coro::executor, engine.latency);
    co_await thinking.async_wait(asio::use_awaitable);
    co_await results_.async_send(error_code{}, engine.name + (": " + text), asio::use_awaitable); // stuck: blocking-send
  }

  asio::thread_pool &pool_;
  asio::experimental::concurrent_channel<void(error_code, std::string)> results_;
};

void translateMenu() {
  asio::thread_pool pool(2);
  Translator translator(pool);
  translator.translate("soupe du jour");
  pool.join();
}

int main() {
  oracle::watch();
  translateMenu();
  return oracle::verdict();
}
