// A heartbeat whose timer handler holds the heartbeat and sets the timer again. Dropping
// the last pointer outside ends nothing, for the handler has one of its own.
// pattern: started object never stopped

#include "oracle.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace asio = boost::asio;

class Heartbeat : public std::enable_shared_from_this<Heartbeat> {
public:
  Heartbeat(asio::io_context &io, std::chrono::milliseconds period) : timer_(io), period_(period) {}

  void start() { beat(); }

  void stop() {
    stopped_ = true;
    timer_.cancel();
  }

private:
  void beat() {
    timer_.expires_after(period_);
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code &error) { // stuck: detached-task, unwoken-wait
      if (error || self->stopped_)
        return;
      ++self->sent_;
      self->beat();
    });
  }

  oracle::Task alive_;
  asio::steady_timer timer_;
  std::chrono::milliseconds period_;
  bool stopped_ = false;
  unsigned sent_ = 0;
};

class Peer {
public:
  explicit Peer(asio::io_context &io) : heartbeat_(std::make_shared<Heartbeat>(io, std::chrono::milliseconds(5))) {
    heartbeat_->start();
  }

  void disconnect() {
#ifndef LEAKING
    heartbeat_->stop();
#endif
    heartbeat_.reset(); // cause
  }

private:
  std::shared_ptr<Heartbeat> heartbeat_;
};

void meetPeer() {
  asio::io_context io;
  Peer peer(io);
  asio::steady_timer visit(io, std::chrono::milliseconds(20));
  visit.async_wait([&](const boost::system::error_code &) { peer.disconnect(); });
  io.run();
}

int main() {
  oracle::watch();
  meetPeer();
  return oracle::verdict();
}
