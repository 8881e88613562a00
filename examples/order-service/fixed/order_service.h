// Takes orders. The customer should not wait for the mail, so each order gets a
// task of its own that notifies; it ends when the service does.

#pragma once

#include "notifier.h"
#include "order.h"

#include <stop_token>
#include <thread>
#include <vector>

class OrderService {
public:
  explicit OrderService(Notifier &notifier) : notifier_(notifier) {}

  void place(const Order &order) {
    tasks_.emplace_back([this, order](std::stop_token stop) {
      TaskGauge alive;
      notifier_.notify(confirmationOf(order), stop);
    });
  }

private:
  Notifier &notifier_;
  std::vector<std::jthread> tasks_;
};
