// The customer database, over one connection: a line with a request, a line
// with the answer.

#pragma once

#include "environment.h"

#include <unistd.h>

#include <cstdio>
#include <string>

class Database {
public:
  explicit Database(int connection) : connection_(connection) {}
  ~Database() { ::close(connection_); }
  Database(const Database &) = delete;
  Database &operator=(const Database &) = delete;

  /// The customer's mail address; empty if the database does not know them.
  std::string addressOf(int customer) {
    ::dprintf(connection_, "GET address %d\n", customer);
    char answer[128];
    const ssize_t length = ::read(connection_, answer, sizeof answer);
    return length > 0 ? std::string(answer, static_cast<std::size_t>(length)) : std::string();
  }

private:
  const int connection_;
};
