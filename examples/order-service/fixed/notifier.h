// Tells customers about their orders. Messages come in through a queue; one
// consumer looks each customer up and sends the mail, until it is stopped.

#pragma once

#include "bounded_queue.h"
#include "database.h"
#include "order.h"

#include <stop_token>
#include <thread>

class Notifier {
public:
  explicit Notifier(Database &database)
      : database_(database), consumer_([this](std::stop_token stop) { run(stop); }) {}

  /// False if the message was dropped: the consumer is behind.
  bool notify(const Notification &notification) { return messages_.tryPush(notification); }

private:
  void run(std::stop_token stop) {
    TaskGauge alive;
    Notification message;
    while (messages_.pop(message, stop))
      sendMail(database_.addressOf(message.customer, stop), message);
  }

  Database &database_;
  BoundedQueue<Notification> messages_{8};
  std::jthread consumer_; // stopped and joined before the queue goes
};
