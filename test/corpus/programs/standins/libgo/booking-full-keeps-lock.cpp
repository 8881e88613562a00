// Books seats under a coroutine mutex. When none is left the booking is refused, and the mutex
// stays locked.
// pattern: lock not released on one path

#include "oracle.h"

#include <libgo/coroutine.h>

namespace {

class Hall {
public:
  explicit Hall(int seats) : seats_(seats) {}

  bool book() {
    mutex_.lock(); // stuck: unreleased-lock
    if (seats_ == 0) {
#ifndef LEAKING
      mutex_.unlock();
#endif
      return false; // cause
    }
    --seats_;
    mutex_.unlock();
    return true;
  }

private:
  co_mutex mutex_;
  int seats_;
};

void sellOut() {
  oracle::Task alive;
  Hall hall(1);
  co_chan<bool> answers(3);
  for (int i = 0; i < 3; ++i)
    go [&hall, answers] {
      oracle::Task alive;
      answers << hall.book();
    };
  bool isBooked = false;
  for (int i = 0; i < 3; ++i)
    answers >> isBooked; // stuck: blocking-receive
}

} // namespace

int main() {
  oracle::watch();
  co_sched.goStart(4);
  sellOut();
  return oracle::verdict();
}
