// Uploads the mip levels of a texture in tasks and waits for all of them. A level that is not in
// the file is left out before it is counted off.
// pattern: done missed on an early return

#include "oracle.h"

#include "marl/defer.h"
#include "marl/scheduler.h"
#include "marl/waitgroup.h"

#include <cstddef>

struct MipLevel {
  const void* pixels;
  size_t bytes;
};

struct Texture {
  MipLevel levels[3];
  size_t uploaded[3];
};

static size_t copyToDevice(const MipLevel& level) { return level.bytes; }

static void upload(Texture& texture) {
  oracle::Task alive;
  marl::WaitGroup done(3);
  for (int i = 0; i < 3; ++i) {
    marl::schedule([=, &texture] {
      oracle::Task alive;
#ifndef LEAKING
      defer(done.done());
#endif
      const MipLevel& level = texture.levels[i];
      if (level.pixels == nullptr) return;  // cause
      texture.uploaded[i] = copyToDevice(level);
#ifdef LEAKING
      done.done();
#endif
    });
  }
  done.wait();  // stuck: unfinished-wait-group
}

void loadScene() {
  marl::Scheduler scheduler(marl::Scheduler::Config::allCores());
  scheduler.bind();
  static const unsigned char white[4] = {255, 255, 255, 255};
  Texture texture = {{{white, 4}, {white, 1}, {nullptr, 0}}, {}};
  upload(texture);
  marl::Scheduler::unbind();
}

int main() {
  oracle::watch();
  loadScene();
  return oracle::verdict();
}
