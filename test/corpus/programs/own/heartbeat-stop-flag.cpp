// A heartbeat thread in the style of a Qt application. stop() sets an atomic flag without
// the lock: flag and wake-up can fall between the thread's test and its wait.
// pattern: lost wake-up: flag changed outside the lock

#include "oracle.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

class Connection {
public:
  void sendPing() { m_pings.fetch_add(1); }
  int pingCount() const { return m_pings.load(); }

private:
  std::atomic<int> m_pings{0};
};

class HeartbeatSender {
public:
  explicit HeartbeatSender(Connection *connection) : m_connection(connection) {}
  ~HeartbeatSender() { stop(); }

  void start() { m_thread = std::thread(&HeartbeatSender::run, this); }

  /// A ping shall be sent now.
  void trigger() {
    std::lock_guard<std::mutex> locker(m_mutex);
    m_pingWanted = true;
    m_wake.notify_one();
  }

  void stop() {
    if (!m_thread.joinable())
      return;
#ifdef LEAKING
    m_stopRequested.store(true);
#else
    {
      std::lock_guard<std::mutex> locker(m_mutex);
      m_stopRequested.store(true);
    }
#endif
    m_wake.notify_one(); // cause
    m_thread.join();
  }

private:
  bool isIdle() const {
    if (m_stopRequested.load())
      return false;
    oracle::window(); // The flag has been read as false.
    return !m_pingWanted;
  }

  void run() {
    oracle::Task alive;
    std::unique_lock<std::mutex> locker(m_mutex);
    for (;;) {
      while (isIdle())
        m_wake.wait(locker); // stuck: unwoken-wait
      if (m_stopRequested.load())
        return;
      m_pingWanted = false;
      m_connection->sendPing();
    }
  }

  Connection *m_connection;
  std::mutex m_mutex;
  std::condition_variable m_wake;
  bool m_pingWanted = false;
  std::atomic<bool> m_stopRequested{false};
  std::thread m_thread;
};

int openSession() {
  Connection connection;
  HeartbeatSender heartbeat(&connection);
  heartbeat.start();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  heartbeat.stop();
  return connection.pingCount();
}

int main() {
  oracle::watch();
  openSession();
  return oracle::verdict();
}
