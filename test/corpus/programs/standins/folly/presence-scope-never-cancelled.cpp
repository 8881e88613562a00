// A server follows the presence of its users in coroutines that end when a source is cancelled.
// Shutting down waits for them; the cancel is left out when nobody is logged in any more.
// pattern: cancel handle stored and never pulled

#include "oracle.h"

#include <folly/CancellationToken.h>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/BlockingWait.h>
#include <folly/coro/BoundedQueue.h>
#include <folly/executors/CPUThreadPoolExecutor.h>

#include <exception>

struct Change {
  int user;
  bool isOnline;
};

class PresenceServer {
 public:
  explicit PresenceServer(folly::Executor& executor) : executor_(executor) {}

  void start() {
    scope_.add(folly::coro::co_withExecutor(
        folly::getKeepAliveToken(&executor_), folly::coro::co_withCancellation(stop_.getToken(), follow())));
  }

  void publish(Change change) { changes_.try_enqueue(change); }

  void shutDown() {
#ifdef LEAKING
    if (users_ > 0) {  // cause
      stop_.requestCancellation();
    }
#else
    stop_.requestCancellation();
#endif
    folly::coro::blockingWait(scope_.joinAsync());  // cause
  }

 private:
  folly::coro::Task<void> follow() {
    oracle::Task alive;
    try {
      for (;;) {
        Change change = co_await changes_.dequeue();  // stuck: lost-cancel
        users_ += change.isOnline ? 1 : -1;
      }
    } catch (const std::exception&) {
    }
  }

  folly::Executor& executor_;
  folly::CancellationSource stop_;
  folly::coro::AsyncScope scope_;
  folly::coro::BoundedQueue<Change> changes_{16};
  int users_ = 0;
};

void serve() {
  folly::CPUThreadPoolExecutor executor(1);
  PresenceServer server(executor);
  server.start();
  server.shutDown();
}

int main() {
  oracle::watch();
  serve();
  return oracle::verdict();
}
