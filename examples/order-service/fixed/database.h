// The customer database, over one connection: a line with a request, a line
// with the answer. A request ends after its deadline, or when it is stopped.

#pragma once

#include "environment.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stop_token>
#include <string>

class Database {
public:
  explicit Database(int connection) : connection_(connection) {}
  ~Database() { ::close(connection_); }
  Database(const Database &) = delete;
  Database &operator=(const Database &) = delete;

  /// The customer's mail address; empty if the database does not know them or
  /// is too slow to say.
  std::string addressOf(int customer, std::stop_token stop) {
    ::dprintf(connection_, "GET address %d\n", customer);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
    char answer[128];
    ssize_t length = -1;
    while (length < 0 && !stop.stop_requested() && std::chrono::steady_clock::now() < deadline) {
      pollfd readable{connection_, POLLIN, 0};
      ::poll(&readable, 1, 10);
      length = ::recv(connection_, answer, sizeof answer, MSG_DONTWAIT);
    }
    return std::string(answer, std::max<ssize_t>(length, 0));
  }

private:
  const int connection_;
};
