// A timer that never runs out serves as an event: services wait until the configuration
// has been loaded, which cancels it. A configuration with an error does not.
// pattern: coroutine suspended on a timer nobody cancels

#include "oracle.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <map>
#include <string>

namespace asio = boost::asio;

using Config = std::map<std::string, std::string>;

/// Opens once, and lets everybody through from then on.
class Gate {
public:
  explicit Gate(asio::io_context &io) : timer_(io, asio::steady_timer::time_point::max()) {}

  asio::awaitable<void> wait() {
    if (open_)
      co_return;
    boost::system::error_code ignored;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored)); // stuck: unwoken-wait
  }

  void open() {
    open_ = true;
    timer_.cancel();
  }

private:
  asio::steady_timer timer_;
  bool open_ = false;
};

asio::awaitable<void> serveMetrics(Gate &configured, const Config &config) {
  oracle::Task alive;
  co_await configured.wait();
  if (config.empty())
    co_return;
}

asio::awaitable<void> loadConfig(const std::string &text, Gate &configured, Config &config) {
  oracle::Task alive;
  const auto equals = text.find('=');
  if (equals == std::string::npos) {
#ifndef LEAKING
    configured.open();
#endif
    co_return; // cause
  }
  config[text.substr(0, equals)] = text.substr(equals + 1);
  configured.open();
}

void startUp() {
  asio::io_context io;
  Gate configured(io);
  Config config;
  asio::co_spawn(io, serveMetrics(configured, config), asio::detached);
  asio::co_spawn(io, loadConfig("metrics.port: 9090", configured, config), asio::detached);
  io.run();
}

int main() {
  oracle::watch();
  startUp();
  return oracle::verdict();
}
