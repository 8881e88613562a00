// A telemetry uploader that reads an acknowledgement after each batch. The modem answers
// only the first one, so the uploader stays in read() and those who log in its full queue.
// pattern: consumer stuck in a slow call

#include "oracle.h"

#include <poll.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>

class Pipe {
public:
  Pipe() {
    if (::pipe(fds_) != 0)
      throw std::runtime_error("pipe");
  }
  ~Pipe() {
    ::close(fds_[0]);
    ::close(fds_[1]);
  }
  Pipe(const Pipe &) = delete;
  Pipe &operator=(const Pipe &) = delete;

  bool send(char byte) { return ::write(fds_[1], &byte, 1) == 1; }

  bool receive(char &byte) {
#ifndef LEAKING
    ::pollfd readable{fds_[0], POLLIN, 0};
    if (::poll(&readable, 1, kPatienceMs) <= 0)
      return false;
#endif
    return ::read(fds_[0], &byte, 1) == 1; // stuck: blocking-receive, unwoken-wait
  }

private:
  static constexpr int kPatienceMs = 20;
  int fds_[2];
};

struct Modem {
  Pipe acknowledgements;
  bool in_coverage = true;

  void transmit(int /*batch*/) {
    if (in_coverage)
      acknowledgements.send('A');
    in_coverage = false; // The train has entered a tunnel.
  }
};

class Uploader {
public:
  explicit Uploader(Modem &modem) : modem_(modem), thread_([this] { run(); }) {}

  ~Uploader() {
    {
      std::lock_guard lock(mutex_);
      closing_ = true;
    }
    not_empty_.notify_one();
    thread_.join();
  }

  void log(int batch) {
    std::unique_lock lock(mutex_);
    not_full_.wait(lock, [&] { return batches_.size() < kMaxBatches; }); // stuck: unwoken-wait
    batches_.push_back(batch);
    not_empty_.notify_one();
  }

private:
  static constexpr std::size_t kMaxBatches = 1;

  bool next(int &batch) {
    std::unique_lock lock(mutex_);
    not_empty_.wait(lock, [&] { return closing_ || !batches_.empty(); });
    if (batches_.empty())
      return false;
    batch = batches_.front();
    batches_.pop_front();
    not_full_.notify_one();
    return true;
  }

  void run() {
    oracle::Task alive;
    int batch;
    while (next(batch)) {
      modem_.transmit(batch);
      char answer;
      if (!modem_.acknowledgements.receive(answer)) // cause
        ++lost_;
    }
  }

  Modem &modem_;
  std::mutex mutex_;
  std::condition_variable not_full_, not_empty_;
  std::deque<int> batches_;
  bool closing_ = false;
  int lost_ = 0;
  std::thread thread_;
};

void ride() {
  Modem modem;
  Uploader uploader(modem);
  for (int minute = 0; minute < 4; ++minute)
    uploader.log(minute);
}

int main() {
  oracle::watch();
  ride();
  return oracle::verdict();
}
