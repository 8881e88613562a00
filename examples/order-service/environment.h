// What is around the service: the command line, the network to the database,
// the mail gateway, and a gauge of how many tasks are alive.

#pragma once

#include "order.h"

#include <chrono>
#include <string>

/// Orders to place in this run: the first argument, else 13.
int orderCount(int argc, char **argv) noexcept;

/// A connection to the customer database. Negative: no connection.
int connectDatabase() noexcept;

/// Does nothing without an address.
void sendMail(const std::string &address, const Notification &notification) noexcept;

/// Counts as a task from its construction to its end.
class TaskGauge {
public:
  TaskGauge() noexcept;
  ~TaskGauge();
  TaskGauge(const TaskGauge &) = delete;
  TaskGauge &operator=(const TaskGauge &) = delete;

  /// Prints the number of tasks every now and then, and ends the process at \p limit.
  static void watch(std::chrono::milliseconds limit, int expected);
  static void report(int expected);
};
