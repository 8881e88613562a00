// Save games are written by a fiber. flush() waits until nothing is left to write, and the
// writer tells nobody when it has written the last one.
// pattern: notify missed

#include "oracle.h"

#include <boost/fiber/condition_variable.hpp>
#include <boost/fiber/fiber.hpp>
#include <boost/fiber/mutex.hpp>
#include <boost/fiber/operations.hpp>

#include <deque>
#include <mutex>

namespace game {

struct Snapshot {
  int level;
  int health;
};

class SaveWriter {
public:
  SaveWriter() : fiber_([this] { writeAll(); }) {}

  ~SaveWriter() {
    {
      std::lock_guard lock(mutex_);
      closing_ = true;
    }
    changed_.notify_all();
    fiber_.join();
  }

  void save(const Snapshot &snapshot) {
    {
      std::lock_guard lock(mutex_);
      waiting_.push_back(snapshot);
    }
    changed_.notify_all();
  }

  void flush() {
    std::unique_lock lock(mutex_);
    written_.wait(lock, [this] { return waiting_.empty(); }); // stuck: unwoken-wait
  }

private:
  void writeAll() {
    oracle::Task alive;
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
      if (waiting_.empty())
        return;
      lock.unlock();
      boost::this_fiber::yield(); // The disk is slow.
      lock.lock();
      waiting_.pop_front();
#ifndef LEAKING
      if (waiting_.empty())
        written_.notify_all();
#endif
    }
  }

  boost::fibers::mutex mutex_;
  boost::fibers::condition_variable changed_; // cause
  boost::fibers::condition_variable written_;
  std::deque<Snapshot> waiting_;
  bool closing_ = false;
  boost::fibers::fiber fiber_;
};

} // namespace game

void playLevel() {
  game::SaveWriter saves;
  saves.save({1, 100});
  saves.save({2, 80});
  saves.flush();
}

int main() {
  oracle::watch();
  playLevel();
  return oracle::verdict();
}
