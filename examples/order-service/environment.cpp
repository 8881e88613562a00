// A day at the order service on one machine. The database is a socket whose
// other side accepts requests and never answers one.

#include "environment.h"

#include <sys/socket.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace {

std::atomic<int> alive = 0;
const auto startTime = std::chrono::steady_clock::now();

} // namespace

int orderCount(int argc, char **argv) noexcept { return argc > 1 ? std::atoi(argv[1]) : 13; }

int connectDatabase() noexcept {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
    return -1;
  return ends[0];
}

void sendMail(const std::string &address, const Notification &notification) noexcept {
  if (!address.empty())
    std::printf("mail to %s: %s\n", address.c_str(), notification.text.c_str());
}

TaskGauge::TaskGauge() noexcept { ++alive; }

TaskGauge::~TaskGauge() { --alive; }

void TaskGauge::report(int expected) {
  const auto elapsed = std::chrono::steady_clock::now() - startTime;
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count();
  std::printf("%5lld ms: %d tasks alive, expected %d\n", static_cast<long long>(ms), alive.load(), expected);
  std::fflush(stdout);
}

void TaskGauge::watch(std::chrono::milliseconds limit, int expected) {
  std::thread([=] {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(250));
      report(expected);
    }
    std::puts("still not shut down: giving up");
    std::fflush(stdout);
    std::_Exit(0);
  }).detach();
}
