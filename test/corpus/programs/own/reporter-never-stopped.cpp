// A metrics reporter that keeps itself alive while its thread runs, until stop() is called. A
// server that cannot bind its port returns without having stopped it.
// pattern: started object never stopped

#include "oracle.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace metrics {

class reporter : public std::enable_shared_from_this<reporter> {
public:
  static std::shared_ptr<reporter> create() { return std::shared_ptr<reporter>(new reporter); }

  void start() {
    auto self = shared_from_this();
    std::thread([self] { self->report_until_stopped(); }).detach();
  }

  void count_request() {
    std::lock_guard<std::mutex> lock(m_mutex);
    ++m_unreported;
    m_changed.notify_one();
  }

  void stop() {
    std::lock_guard<std::mutex> lock(m_mutex);
    m_stopped = true;
    m_changed.notify_one();
  }

private:
  reporter() = default;

  void report_until_stopped() {
    oracle::Task alive;
    std::unique_lock<std::mutex> lock(m_mutex);
    while (!m_stopped) {
      m_changed.wait(lock); // stuck: unwoken-wait
      m_total += m_unreported;
      m_unreported = 0;
    }
  }

  std::mutex m_mutex;
  std::condition_variable m_changed;
  long m_unreported = 0;
  long m_total = 0;
  bool m_stopped = false;
};

} // namespace metrics

namespace http {

enum class bind_result { bound, address_in_use };

class server {
public:
  explicit server(int port) : m_port(port), m_reporter(metrics::reporter::create()) {}

  int run() {
    m_reporter->start();
    if (bind() != bind_result::bound) {
#ifndef LEAKING
      m_reporter->stop();
#endif
      return 1; // cause
    }
    for (int request = 0; request < 3; ++request)
      m_reporter->count_request();
    m_reporter->stop();
    return 0;
  }

private:
  bind_result bind() const {
    oracle::window(); // The kernel looks the port up.
    return m_port < 1024 ? bind_result::address_in_use : bind_result::bound;
  }

  const int m_port;
  const std::shared_ptr<metrics::reporter> m_reporter;
};

} // namespace http

int run_server() {
  http::server server(80);
  return server.run();
}

int main() {
  oracle::watch();
  run_server();
  return oracle::verdict();
}
