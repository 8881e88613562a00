// The customer database, over one connection: a line with a request, a line
// with the answer. A request ends after its deadline, or when it is stopped.

#pragma once

#include "environment.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

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
    char answer[128];
    const ssize_t length = answered(stop) ? ::recv(connection_, answer, sizeof answer, MSG_DONTWAIT) : 0;
    return length > 0 ? std::string(answer, static_cast<std::size_t>(length)) : std::string();
  }

private:
  bool answered(std::stop_token stop) const {
    for (int attempt = 0; attempt < 3 && !stop.stop_requested(); ++attempt) {
      pollfd readable{connection_, POLLIN, 0};
      if (::poll(&readable, 1, 20) > 0)
        return true;
    }
    return false;
  }

  const int connection_;
};
