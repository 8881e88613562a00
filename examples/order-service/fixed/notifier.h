// Tells customers about their orders. Messages come in through a queue; one
// consumer looks each customer up and sends the mail, until it is stopped.

#pragma once

#include "bounded_queue.h"
#include "database.h"
#include "order.h"

#include <chrono>
#include <stop_token>
#include <thread>

class Notifier {
public:
  explicit Notifier(Database &database)
      : database_(database), consumer_([this](std::stop_token stop) { run(stop); }) {}

  /// False if the message was dropped: the consumer is behind, or we are stopping.
  bool notify(const Notification &notification, std::stop_token stop) {
    return messages_.tryPush(notification, stop, std::chrono::milliseconds(50));
  }

private:
  void run(std::stop_token stop) {
    TaskGauge alive;
    Notification message;
    while (messages_.pop(message, stop)) {
      const std::string address = database_.addressOf(message.customer, stop);
      if (!address.empty())
        sendMail(address, message);
    }
  }

  Database &database_;
  BoundedQueue<Notification> messages_{1};
  std::jthread consumer_; // stopped and joined before the queue goes
};
