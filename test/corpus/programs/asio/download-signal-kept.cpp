// Downloads keep a cancellation signal each. The list of downloads is cleared when the user
// signs out; the signals go with it and none of them is emitted.
// pattern: cancel handle stored and never pulled

#include "oracle.h"

#include <boost/asio.hpp>
#include <boost/asio/experimental/channel.hpp>

#include <map>
#include <memory>
#include <string>

namespace asio = boost::asio;

class Download : public std::enable_shared_from_this<Download> {
  using Chunks = asio::experimental::channel<void(boost::system::error_code, std::string)>;

  Chunks chunks_;
  asio::cancellation_signal cancel_;
  std::string content_;

public:
  explicit Download(asio::io_context &io) : chunks_(io, 4) {}

  void start(asio::io_context &io) {
    asio::co_spawn(
        io, [self = shared_from_this()] { return self->receive(); },
        asio::bind_cancellation_slot(cancel_.slot(), asio::detached));
  }

  void cancel() { cancel_.emit(asio::cancellation_type::terminal); }

  void add(std::string chunk) { chunks_.try_send(boost::system::error_code(), std::move(chunk)); }

private:
  asio::awaitable<void> receive() {
    oracle::Task alive;
    for (;;)
      content_ += co_await chunks_.async_receive(asio::use_awaitable); // stuck: lost-cancel
  }
};

class Downloads {
public:
  explicit Downloads(asio::io_context &io) : io_(io) {}

  Download &fetch(const std::string &url) {
    auto download = std::make_shared<Download>(io_);
    download->start(io_);
    return *(active_[url] = download);
  }

  void signOut() {
#ifndef LEAKING
    for (auto &[url, download] : active_)
      download->cancel();
#endif
    active_.clear(); // cause
  }

private:
  asio::io_context &io_;
  std::map<std::string, std::shared_ptr<Download>> active_;
};

void session() {
  asio::io_context io;
  Downloads downloads(io);
  downloads.fetch("https://example.org/film").add("moov");
  asio::post(io, [&] { downloads.signOut(); });
  io.run();
}

int main() {
  oracle::watch();
  session();
  return oracle::verdict();
}
