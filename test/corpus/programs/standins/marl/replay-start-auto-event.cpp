// Both players of a replay wait for its start. The event resets itself, so one signal starts
// one of them.
// pattern: notify_one for several waiters

#include "oracle.h"

#include "marl/event.h"
#include "marl/scheduler.h"
#include "marl/waitgroup.h"

namespace replay {

class Player {
 public:
  explicit Player(int id) : id_(id) {}

  void play(const marl::Event& start) {
    start.wait();  // stuck: unwoken-wait
    frames_ = 60 * id_;
  }

 private:
  int id_;
  int frames_ = 0;
};

void run() {
  oracle::Task alive;
#ifdef LEAKING
  marl::Event start;  // cause
#else
  marl::Event start(marl::Event::Mode::Manual);
#endif
  marl::WaitGroup finished(2);
  Player home(1), guest(2);
  for (Player* player : {&home, &guest}) {
    marl::schedule([player, start, finished] {
      oracle::Task alive;
      player->play(start);
      finished.done();
    });
  }
  start.signal();
  finished.wait();
}

}  // namespace replay

int main() {
  oracle::watch();
  marl::Scheduler scheduler(marl::Scheduler::Config::allCores());
  scheduler.bind();
  replay::run();
  scheduler.unbind();
  return oracle::verdict();
}
