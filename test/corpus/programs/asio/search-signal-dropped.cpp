// Starts a search that can be cancelled, and hands the signal to the window that shows it.
// A window that is already closed drops the signal, and the search goes on listening.
// pattern: cancel handle dropped

#include "oracle.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <list>
#include <memory>

namespace asio = boost::asio;
using boost::system::error_code;

using CancelHandle = std::shared_ptr<asio::cancellation_signal>;

class SearchWindow {
public:
  explicit SearchWindow(bool open) : open_(open) {}

  void own(CancelHandle search) {
    if (!open_) {
#ifndef LEAKING
      search->emit(asio::cancellation_type::terminal);
#endif
      return; // cause
    }
    searches_.push_back(std::move(search));
  }

  void close() {
    open_ = false;
    for (const CancelHandle &search : searches_)
      search->emit(asio::cancellation_type::terminal);
    searches_.clear();
  }

private:
  bool open_;
  std::list<CancelHandle> searches_;
};

class SearchEngine {
public:
  explicit SearchEngine(asio::io_context &io) : io_(io), hits_(io, 16) {}

  void search(SearchWindow &window, CancelHandle handle) {
    // A signal has to live as long as what listens to it.
    asio::co_spawn(io_, collect(), asio::bind_cancellation_slot(handle->slot(), [handle](std::exception_ptr) {}));
    asio::post(io_, [&window, handle] { window.own(handle); });
  }

private:
  asio::awaitable<void> collect() {
    oracle::Task alive;
    for (;;)
      last_ = co_await hits_.async_receive(asio::use_awaitable); // stuck: lost-cancel
  }

  asio::io_context &io_;
  asio::experimental::channel<void(error_code, int)> hits_;
  int last_ = 0;
};

void browse() {
  asio::io_context io;
  SearchWindow window(/*open=*/false);
  SearchEngine engine(io);
  engine.search(window, std::make_shared<asio::cancellation_signal>());
  io.run();
}

int main() {
  oracle::watch();
  browse();
  return oracle::verdict();
}
