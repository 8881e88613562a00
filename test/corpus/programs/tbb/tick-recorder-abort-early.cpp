// Records prices until its queue is aborted. abort() ends the waits of that moment only: a
// recorder that was about to pop begins its wait afterwards, and nobody aborts again.
// pattern: notify missed

#include "oracle.h"

#include <oneapi/tbb/concurrent_queue.h>

#include <atomic>
#include <string>
#include <thread>

namespace ticks {

struct Tick {
  std::string symbol;
  double price = 0;
};

class Recorder {
public:
  Recorder() : thread_(&Recorder::record, this) {}

  ~Recorder() {
#ifdef LEAKING
    queue_.abort(); // cause
#else
    queue_.push(Tick{}); // A tick without a symbol is the last one.
#endif
    thread_.join();
  }

  void add(const std::string &symbol, double price) { queue_.push({symbol, price}); }

private:
  void record() {
    oracle::Task alive;
    try {
      for (Tick tick;;) {
        oracle::window(); // Writes to the disk.
        queue_.pop(tick); // stuck: blocking-receive
        if (tick.symbol.empty())
          return;
        highest_ = std::max(highest_, tick.price);
      }
    } catch (const tbb::user_abort &) {
    }
  }

  tbb::concurrent_bounded_queue<Tick> queue_;
  double highest_ = 0;
  std::thread thread_;
};

} // namespace ticks

void tradeForADay() {
  ticks::Recorder recorder;
  recorder.add("ACME", 17.25);
}

int main() {
  oracle::watch();
  tradeForADay();
  return oracle::verdict();
}
