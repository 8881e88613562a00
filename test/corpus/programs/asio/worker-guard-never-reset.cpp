// A background context runs in a thread of its own, kept alive by a work guard. Its owner
// joins the thread and has not reset the guard.
// pattern: started object never stopped

#include "oracle.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <functional>
#include <thread>

namespace io = boost::asio;

class Background {
 public:
  Background()
      : work_(io::make_work_guard(context_)), thread_([this] {
          oracle::Task alive;
          context_.run();  // stuck: unfinished-wait-group
        }) {}

  ~Background() {
#ifndef LEAKING
    work_.reset();
#endif
    thread_.join();  // cause
  }

  void Run(std::function<void()> job) { io::post(context_, std::move(job)); }

 private:
  io::io_context context_;
  io::executor_work_guard<io::io_context::executor_type> work_;
  std::thread thread_;
};

int CompressLogs() {
  std::atomic<int> compressed{0};
  {
    Background background;
    for (int day = 0; day < 3; ++day) {
      background.Run([&compressed] { ++compressed; });
    }
  }
  return compressed;
}

int main() {
  oracle::watch();
  CompressLogs();
  return oracle::verdict();
}
