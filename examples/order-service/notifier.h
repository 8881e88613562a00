// Tells customers about their orders. Messages come in through a queue; one
// consumer looks each customer up and sends the mail.

#pragma once

#include "bounded_queue.h"
#include "database.h"
#include "order.h"

#include <thread>

class Notifier {
public:
  explicit Notifier(Database &database) : database_(database), consumer_([this] { run(); }) {}

  ~Notifier() {
    messages_.close();
    consumer_.join();
  }

  void notify(const Notification &notification) { messages_.push(notification); }

private:
  void run() {
    TaskGauge alive;
    Notification message;
    while (messages_.pop(message))
      sendMail(database_.addressOf(message.customer), message);
  }

  Database &database_;
  BoundedQueue<Notification> messages_{1};
  std::thread consumer_;
};
