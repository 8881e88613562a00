// A reader that indexes mails. Its queue has two pops, one of them for callers with a
// stop token; the loop tests its token and calls the other one.
// pattern: token in scope and not passed

#include "oracle.h"

#include <condition_variable>
#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>

struct Mail {
  std::string from;
  std::string subject;
};

template <typename T> class WorkQueue {
public:
  void push(T item) {
    std::scoped_lock lock{mutex_};
    items_.push_back(std::move(item));
    nonEmpty_.notify_one();
  }

  T pop() {
    std::unique_lock lock{mutex_};
    nonEmpty_.wait(lock, [this] { return !items_.empty(); }); // stuck: unwoken-wait, ignored-cancel
    return takeFirst();
  }

  std::optional<T> pop(std::stop_token stop) {
    std::unique_lock lock{mutex_};
    if (!nonEmpty_.wait(lock, std::move(stop), [this] { return !items_.empty(); }))
      return std::nullopt;
    return takeFirst();
  }

private:
  T takeFirst() {
    T first = std::move(items_.front());
    items_.pop_front();
    return first;
  }

  std::mutex mutex_;
  std::condition_variable_any nonEmpty_;
  std::list<T> items_;
};

class MailIndex {
public:
  void add(const Mail &mail) { senders_.insert(mail.from); }

private:
  std::set<std::string> senders_;
};

int indexMailbox() {
  WorkQueue<Mail> arrived;
  MailIndex index;
  std::jthread indexer([&](std::stop_token stop) {
    oracle::Task alive;
    while (!stop.stop_requested()) {
#ifdef LEAKING
      index.add(arrived.pop()); // cause
#else
      if (auto mail = arrived.pop(stop))
        index.add(*mail);
#endif
    }
  });
  arrived.push({"ada@example.org", "Notes"});
  arrived.push({"alan@example.org", "Re: Notes"});
  oracle::window(); // Both mails are in the index.
  return 2;
}

int main() {
  oracle::watch();
  indexMailbox();
  return oracle::verdict();
}
