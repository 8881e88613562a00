// An audit log with a writer thread of its own. stop() clears a flag and joins the
// writer, which is waiting for the next record and does not look at flags.
// pattern: started object never stopped

#include "oracle.h"

#include <concurrentqueue/blockingconcurrentqueue.h>

#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <utility>

struct Record {
  enum class Kind { Entry, Stop };
  Kind kind = Kind::Entry;
  std::string text;
};

class AuditLog {
public:
  AuditLog() : writer_([this] { write(); }) {}

  ~AuditLog() { stop(); }

  AuditLog(const AuditLog &) = delete;
  AuditLog &operator=(const AuditLog &) = delete;

  void append(std::string text) {
    if (running_)
      records_.enqueue(Record{Record::Kind::Entry, std::move(text)});
  }

  void stop() {
    if (!running_.exchange(false))
      return;
#ifndef LEAKING
    records_.enqueue(Record{Record::Kind::Stop, {}});
#endif
    writer_.join(); // cause
  }

private:
  void write() {
    oracle::Task alive;
    while (running_) {
      Record record;
      records_.wait_dequeue(record); // stuck: blocking-receive
      if (record.kind == Record::Kind::Stop)
        return;
      std::fprintf(stderr, "audit: %s\n", record.text.c_str());
    }
  }

  std::atomic<bool> running_{true};
  moodycamel::BlockingConcurrentQueue<Record> records_;
  std::thread writer_;
};

void serveSession(const std::string &user) {
  AuditLog log;
  log.append(user + " logged in");
  log.append(user + " read /etc/motd");
  oracle::window(); // The writer has come to the end of the queue.
  log.append(user + " logged out");
  oracle::window();
}

int main() {
  oracle::watch();
  serveSession("ada");
  return oracle::verdict();
}
