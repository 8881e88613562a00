// Bakes the lights of each room in a task. The wait for all rooms stands inside the loop that
// starts them, so the first one waits for those that are not started.
// pattern: wait inside the spawn loop

#include "oracle.h"

#include "marl/scheduler.h"
#include "marl/waitgroup.h"

namespace {

struct Room {
  int lights;
  int baked = 0;
};

void bake(Room& room) { room.baked = room.lights; }

template <unsigned N>
int bakeAll(Room (&rooms)[N]) {
  oracle::Task alive;
  marl::WaitGroup baked(N);
  for (Room& room : rooms) {  // cause
    marl::schedule([&room, baked] {
      oracle::Task alive;
      bake(room);
      baked.done();
    });
#ifdef LEAKING
    baked.wait();  // stuck: unfinished-wait-group
#endif
  }
  baked.wait();
  int lights = 0;
  for (const Room& room : rooms) lights += room.baked;
  return lights;
}

int buildLevel() {
  Room rooms[] = {{4}, {2}};
  return bakeAll(rooms);
}

}  // namespace

int main() {
  oracle::watch();
  marl::Scheduler scheduler(marl::Scheduler::Config::allCores());
  scheduler.bind();
  const int lights = buildLevel();
  scheduler.unbind();
  (void)lights;
  return oracle::verdict();
}
