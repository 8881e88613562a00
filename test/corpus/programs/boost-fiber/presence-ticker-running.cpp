// A ticker that reports presence until it is stopped. The session ends early for guests,
// without a stop, and leaves the ticker waiting for its next order.
// pattern: started object never stopped

#include "oracle.h"

#include <boost/fiber/all.hpp>

#include <chrono>
#include <memory>
#include <string>

using namespace std::chrono_literals;
using boost::fibers::channel_op_status;

class PresenceTicker {
  enum class Order { Report, Stop };

  struct Shared {
    boost::fibers::buffered_channel<Order> orders{4};
    int reports = 0;
  };

  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();

public:
  void start() {
    boost::fibers::fiber(boost::fibers::launch::post, [shared = shared_] {
      oracle::Task alive;
      Order order;
      while (shared->orders.pop(order) == channel_op_status::success) { // stuck: blocking-receive
        if (order == Order::Stop)
          return;
        ++shared->reports;
      }
    }).detach();
  }

  void report() { shared_->orders.push(Order::Report); }
  void stop() { shared_->orders.push(Order::Stop); }
};

class Session {
public:
  explicit Session(std::string user) : user_(std::move(user)) {}

  bool run() {
    ticker_.start();
    ticker_.report();
    if (user_ == "guest") {
#ifndef LEAKING
      ticker_.stop();
#endif
      return false; // cause
    }
    ticker_.report();
    ticker_.stop();
    return true;
  }

private:
  std::string user_;
  PresenceTicker ticker_;
};

void visit() {
  Session("ada").run();
  Session("guest").run();
  boost::this_fiber::sleep_for(20ms); // The server does something else.
}

int main() {
  oracle::watch();
  visit();
  return oracle::verdict();
}
