// Rotates log files each hour. The thread looks at its stop token between two sleeps, and
// a service that is asked to end hangs in its shutdown until the hour is over.
// pattern: sleep that ignores a stop

#include "oracle.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace logging {

struct LogFile {
  std::string name;
  int generation = 0;
};

void rotate(std::vector<LogFile> &files) noexcept {
  for (LogFile &file : files)
    ++file.generation;
}

class Rotation {
public:
  Rotation(std::vector<LogFile> files, std::chrono::seconds period)
      : files_(std::move(files)), period_(period),
        thread_([this](std::stop_token stop) { rotateUntil(std::move(stop)); }) {}

private:
  void rotateUntil(std::stop_token stop) {
    oracle::Task alive;
    while (!stop.stop_requested()) {
      rotate(files_);
#ifdef LEAKING
      std::this_thread::sleep_for(period_); // stuck: ignored-cancel
#else
      std::unique_lock lock(mutex_);
      never_.wait_for(lock, stop, period_, [] { return false; });
#endif
    }
  }

  std::vector<LogFile> files_;
  const std::chrono::seconds period_;
  std::mutex mutex_;
  std::condition_variable_any never_;
  std::jthread thread_;
};

} // namespace logging

void runService() {
  logging::Rotation rotation({{"access.log"}, {"error.log"}}, std::chrono::hours(1));
  std::this_thread::sleep_for(std::chrono::milliseconds(30)); // Serves requests.
}

int main() {
  oracle::watch();
  runService();
  return oracle::verdict();
}
