// A feed whose reader waits under a stop token. open() makes the stop source as a local and
// lets it go: nobody can request the stop any more.
// pattern: cancel handle dropped

#include "oracle.h"

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace feed {

struct Quote {
  int Instrument;
  int Cents;
};

class Board {
public:
  void show(Quote Q) {
    std::lock_guard Lock(M);
    Quotes.push_back(Q);
    Shown.notify_all();
  }

  /// Waits until the quote with this number is there; false if stopped before.
  bool await(unsigned Number, std::stop_token Stop) {
    std::unique_lock Lock(M);
    return Shown.wait(Lock, Stop, [&] { return Quotes.size() > Number; }); // stuck: lost-cancel
  }

private:
  std::mutex M;
  std::condition_variable_any Shown;
  std::vector<Quote> Quotes;
};

class Reader {
public:
  explicit Reader(Board &From) : From(From) {}

  Reader(const Reader &) = delete;
  Reader &operator=(const Reader &) = delete;

  ~Reader() {
    Stop.request_stop();
    if (Worker.joinable())
      Worker.join();
  }

  void open() {
#ifdef LEAKING
    std::stop_source Stop; // cause
#endif
    Worker = std::thread(&Reader::readAll, this, Stop.get_token());
  }

private:
  void readAll(std::stop_token Token) {
    oracle::Task Alive;
    while (From.await(Read, Token))
      ++Read;
  }

  Board &From;
  unsigned Read = 0;
  std::stop_source Stop;
  std::thread Worker;
};

} // namespace feed

void openMarket() {
  feed::Board Board;
  feed::Reader Reader(Board);
  Reader.open();
  Board.show({7, 10150});
}

int main() {
  oracle::watch();
  openMarket();
  return oracle::verdict();
}
