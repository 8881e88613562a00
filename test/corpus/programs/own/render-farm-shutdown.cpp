// A render farm whose tickets are redeemed for finished frames. Shutting it down throws
// away frames that have not begun, and who holds a ticket for one is not told.
// pattern: pool shut down under a submitter

#include "oracle.h"

#include <concepts>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace farm {

struct Frame {
  int number = 0;
  int samples = 0;
};

template <std::movable Result> class Ticket {
  struct Shared {
    std::mutex mutex;
    std::condition_variable settled;
    std::optional<Result> result;
    bool isVoid = false;
  };
  std::shared_ptr<Shared> shared = std::make_shared<Shared>();

public:
  void fulfil(Result result) const {
    std::scoped_lock hold{shared->mutex};
    shared->result = std::move(result);
    shared->settled.notify_all();
  }

  void cancel() const {
    std::scoped_lock hold{shared->mutex};
    shared->isVoid = true;
    shared->settled.notify_all();
  }

  [[nodiscard]] std::optional<Result> redeem() const {
    std::unique_lock hold{shared->mutex};
    shared->settled.wait(hold, [this] { return shared->result || shared->isVoid; }); // stuck: unwoken-wait
    return shared->result;
  }
};

class Farm {
public:
  Farm() : worker{[this] { renderAll(); }} {}
  ~Farm() {
    shutDown();
    worker.join();
  }

  [[nodiscard]] Ticket<Frame> submit(int number) {
    Order order{number, {}};
    std::scoped_lock hold{mutex};
    if (isClosed)
      order.ticket.cancel();
    else
      orders.push_back(order);
    submitted.notify_one();
    return order.ticket;
  }

  void shutDown() {
    std::scoped_lock hold{mutex};
    isClosed = true;
#ifndef LEAKING
    for (auto &order : orders)
      order.ticket.cancel();
#endif
    orders.clear(); // cause
    submitted.notify_one();
  }

private:
  struct Order {
    int number;
    Ticket<Frame> ticket;
  };

  std::optional<Order> next() {
    std::unique_lock hold{mutex};
    submitted.wait(hold, [this] { return isClosed || !orders.empty(); });
    if (orders.empty())
      return std::nullopt;
    Order order = orders.front();
    orders.pop_front();
    return order;
  }

  void renderAll() {
    oracle::Task alive;
    while (auto order = next()) {
      oracle::window(); // Frames take their time.
      order->ticket.fulfil({.number = order->number, .samples = 64});
    }
  }

  std::mutex mutex;
  std::condition_variable submitted;
  std::deque<Order> orders;
  bool isClosed = false;
  std::thread worker;
};

} // namespace farm

void previewTwoFrames() {
  farm::Farm farm;
  auto first = farm.submit(1), second = farm.submit(2);
  std::jthread viewer{[=] {
    oracle::Task alive;
    if (first.redeem() && second.redeem())
      return;
  }};
  farm.shutDown(); // The window has been closed.
}

int main() {
  oracle::watch();
  previewTwoFrames();
  return oracle::verdict();
}
