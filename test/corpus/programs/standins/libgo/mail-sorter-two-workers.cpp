// Two coroutines sort mail until one comes that says it is the last. It is sent once.
// pattern: range over a channel never closed

#include "oracle.h"

#include <libgo/coroutine.h>

struct Mail {
  int id = 0;
  bool isLast = false;
};

class Sorter {
public:
  Sorter() : inbox_(8), done_(2) {
    for (int i = 0; i < Workers; ++i)
      go [this] { sort(); };
  }

  void deliver(const Mail &mail) { inbox_ << mail; }

  void finish() {
#ifdef LEAKING
    inbox_ << Mail{0, true}; // cause
#else
    for (int i = 0; i < Workers; ++i)
      inbox_ << Mail{0, true};
#endif
    for (int i = 0; i < Workers; ++i)
      done_ >> nullptr; // stuck: blocking-receive
  }

private:
  static constexpr int Workers = 2;

  void sort() {
    oracle::Task alive;
    Mail mail;
    for (;;) {
      inbox_ >> mail; // stuck: blocking-receive
      if (mail.isLast)
        break;
      ++sorted_;
    }
    done_ << true;
  }

  co_chan<Mail> inbox_;
  co_chan<bool> done_;
  int sorted_ = 0;
};

static void morningRound() {
  oracle::Task alive;
  Sorter sorter;
  sorter.deliver({1, false});
  sorter.finish();
}

int main() {
  oracle::watch();
  co_sched.goStart();
  morningRound();
  return oracle::verdict();
}
