// Asks two providers for a position and takes what comes first. The slower one waits to send its
// position over a channel without a buffer.
// pattern: n senders and one receive

#include "oracle.h"

#include <libgo/coroutine.h>

#include <string>

namespace geo {

struct Position {
  double lat = 0, lon = 0;
};

enum class Provider { Atlas, Compass };

static Position query(Provider provider, const std::string &address) {
  return provider == Provider::Atlas ? Position{48.2, double(address.size())} : Position{48.1, 16.3};
}

Position locate(const std::string &address) {
  oracle::Task alive;
#ifdef LEAKING
  co_chan<Position> answers; // cause
#else
  co_chan<Position> answers(2);
#endif
  for (Provider provider : {Provider::Atlas, Provider::Compass}) {
    go [provider, address, answers] {
      oracle::Task alive;
      answers << query(provider, address); // stuck: blocking-send
    };
  }
  Position first;
  answers >> first;
  return first;
}

} // namespace geo

int main() {
  oracle::watch();
  co_sched.goStart(2);
  geo::locate("Herrengasse 1");
  return oracle::verdict();
}
