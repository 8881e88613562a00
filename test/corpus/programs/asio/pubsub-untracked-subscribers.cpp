// A broker that starts a coroutine for each subscriber and forgets it. Closing the broker
// ends its publisher; the subscribers wait for messages of a topic that is gone.
// pattern: handler that starts untracked tasks

#include "oracle.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace asio = boost::asio;
using boost::system::error_code;
using boost::system::system_error;

namespace pubsub {

using Mailbox = asio::experimental::concurrent_channel<void(error_code, std::string)>;

asio::awaitable<void> deliver(std::shared_ptr<Mailbox> mailbox) {
  oracle::Task alive;
  std::size_t bytes = 0;
  try {
    for (;;)
      bytes += (co_await mailbox->async_receive(asio::use_awaitable)).size(); // stuck: blocking-receive, detached-task
  } catch (const system_error &) {
  }
}

class Broker {
public:
  explicit Broker(asio::thread_pool &pool) : pool_(pool) {}

  void on_subscribe() {
    auto mailbox = std::make_shared<Mailbox>(pool_, 4);
    asio::co_spawn(pool_, deliver(mailbox), asio::detached); // stuck: detached-task
    mailbox->try_send(error_code{}, "welcome");
#ifndef LEAKING
    mailboxes_.push_back(std::move(mailbox));
#endif
  }

  void close() {
    for (const auto &mailbox : mailboxes_) // cause
      mailbox->close();
    mailboxes_.clear();
  }

private:
  asio::thread_pool &pool_;
  std::vector<std::shared_ptr<Mailbox>> mailboxes_;
};

} // namespace pubsub

void run_broker() {
  asio::thread_pool pool(1);
  pubsub::Broker broker(pool);
  broker.on_subscribe();
  broker.on_subscribe();
  broker.close();
  pool.join();
}

int main() {
  oracle::watch();
  run_broker();
  return oracle::verdict();
}
