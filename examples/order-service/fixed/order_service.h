// Takes orders. The customer should not wait for the mail, so each order gets a
// task of its own that notifies.

#pragma once

#include "notifier.h"
#include "order.h"

#include <thread>
#include <vector>

class OrderService {
public:
  explicit OrderService(Notifier &notifier) : notifier_(notifier) {}

  ~OrderService() {
    for (std::thread &task : tasks_)
      task.join();
  }

  void place(const Order &order) {
    tasks_.emplace_back([this, order] {
      TaskGauge alive;
      notifier_.notify(confirmationOf(order));
    });
  }

private:
  Notifier &notifier_;
  std::vector<std::thread> tasks_;
};
