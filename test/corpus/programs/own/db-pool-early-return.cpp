// A database connection pool with raw checkout and checkin. A query that is refused
// returns without giving its connection back, and the next one waits for it.
// pattern: done missed on an early return

#include "oracle.h"

#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace db {

struct Connection {
  explicit Connection(int fd) : fd(fd) {}
  int execute(int statement) { return statement * 2 + fd; }
  int fd;
};

class ConnectionPool final {
public:
  static std::shared_ptr<ConnectionPool> create(int size) {
    auto pool = std::make_shared<ConnectionPool>();
    for (int fd = 0; fd < size; ++fd)
      pool->idle_.push_back(std::make_unique<Connection>(fd));
    return pool;
  }

  std::unique_ptr<Connection> checkout() {
    std::unique_lock lock{mutex_};
    returned_.wait(lock, [&] { return !idle_.empty(); }); // stuck: unwoken-wait
    auto connection = std::move(idle_.front());
    idle_.pop_front();
    return connection;
  }

  void checkin(std::unique_ptr<Connection> connection) {
    std::lock_guard lock{mutex_};
    idle_.push_back(std::move(connection));
    returned_.notify_one();
  }

private:
  std::mutex mutex_;
  std::condition_variable returned_;
  std::list<std::unique_ptr<Connection>> idle_;
};

enum class Role { Reader, Admin };

class Session {
public:
  Session(std::shared_ptr<ConnectionPool> pool, Role role) : pool_(std::move(pool)), role_(role) {}

  std::optional<int> query(int statement) {
    auto connection = pool_->checkout();
    if (statement == kDropTable && role_ != Role::Admin) {
#ifndef LEAKING
      pool_->checkin(std::move(connection));
#endif
      return std::nullopt; // cause
    }
    int rows = connection->execute(statement);
    pool_->checkin(std::move(connection));
    return rows;
  }

  static constexpr int kDropTable = 9;

private:
  std::shared_ptr<ConnectionPool> pool_;
  Role role_;
};

} // namespace db

void serveUsers() {
  auto pool = db::ConnectionPool::create(1);
  std::thread guest([pool] {
    oracle::Task alive;
    db::Session session(pool, db::Role::Reader);
    session.query(db::Session::kDropTable);
    session.query(3);
  });
  std::thread admin([pool] {
    oracle::Task alive;
    db::Session session(pool, db::Role::Admin);
    session.query(4);
  });
  guest.join();
  admin.join();
}

int main() {
  oracle::watch();
  serveUsers();
  return oracle::verdict();
}
