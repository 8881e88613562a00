// The customer database, over one connection: a line with a request, a line
// with the answer.

#pragma once

#include "environment.h"

#include <unistd.h>

#include <algorithm>
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
    return std::string(answer, std::max<ssize_t>(length, 0));
  }

private:
  const int connection_;
};
