// An oscilloscope fills a ring of two slots, guarded by two semaphores; a decoder empties it.
// After a frame that it cannot decode the decoder leaves, and the scope waits for a free slot.
// pattern: consumer leaves on an error

#include "oracle.h"

#include <QSemaphore>
#include <QThread>

namespace {

constexpr int Slots = 2;
constexpr int Frames = 6;

struct Ring {
  QSemaphore freeSlots{Slots};
  QSemaphore usedSlots{0};
  int frames[Slots] = {};
};

class Scope : public QThread {
public:
  explicit Scope(Ring &ring) : ring(ring) {}

protected:
  void run() override {
    oracle::Task alive;
    for (int i = 0; i < Frames; ++i) {
      ring.freeSlots.acquire(); // stuck: unwoken-wait
      ring.frames[i % Slots] = i == 1 ? -1 : i;
      ring.usedSlots.release();
    }
  }

private:
  Ring &ring;
};

bool decode(int frame) { return frame >= 0; }

class Decoder : public QThread {
public:
  explicit Decoder(Ring &ring) : ring(ring) {}

protected:
  void run() override {
    oracle::Task alive;
    for (int i = 0; i < Frames; ++i) {
      ring.usedSlots.acquire();
      const bool decoded = decode(ring.frames[i % Slots]);
#ifdef LEAKING
      if (!decoded)
        return; // cause
      ring.freeSlots.release();
#else
      ring.freeSlots.release();
      if (!decoded)
        ++skipped;
#endif
    }
  }

private:
  Ring &ring;
  int skipped = 0;
};

void record() {
  Ring ring;
  Scope scope(ring);
  Decoder decoder(ring);
  scope.start();
  decoder.start();
  decoder.wait();
  scope.wait();
}

} // namespace

int main() {
  oracle::watch();
  record();
  return oracle::verdict();
}
