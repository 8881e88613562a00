// An order, and the message that tells its customer about it.

#pragma once

#include <string>

struct Order {
  int id = 0;
  int customer = 0;
  std::string article;
};

struct Notification {
  int customer = 0;
  std::string text;
};

inline Notification confirmationOf(const Order &order) {
  return {order.customer, "order " + std::to_string(order.id) + " (" + order.article + ") placed"};
}
