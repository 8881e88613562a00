// A camera thread fills a ring of four frames, the decoder empties it. A frame with a
// broken header makes the decoder leave; the camera waits for room for ever.
// pattern: consumer leaves on an error

#include "oracle.h"

#include <readerwriterqueue/readerwritercircularbuffer.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

using namespace std::chrono_literals;

struct Frame {
  std::uint32_t magic = 0xC0DEC;
  int sequence = 0;
};

struct Pipeline {
  moodycamel::BlockingReaderWriterCircularBuffer<Frame> ring{4};
  std::atomic<bool> abandoned{false};
};

static void capture(Pipeline &pipeline, int frames, int broken) {
  oracle::Task alive;
  for (int i = 0; i < frames; ++i) {
    Frame frame;
    frame.sequence = i;
    if (i == broken)
      frame.magic = 0;
#ifdef LEAKING
    pipeline.ring.wait_enqueue(frame); // stuck: blocking-send
#else
    while (!pipeline.ring.wait_enqueue_timed(frame, 5ms))
      if (pipeline.abandoned)
        return;
#endif
  }
}

static bool decode(Pipeline &pipeline, int frames) {
  for (int i = 0; i < frames; ++i) {
    Frame frame;
    pipeline.ring.wait_dequeue(frame);
    if (frame.magic != 0xC0DEC) {
      pipeline.abandoned = true;
      return false; // cause
    }
  }
  return true;
}

bool record(int frames, int broken) {
  Pipeline pipeline;
  std::thread camera(capture, std::ref(pipeline), frames, broken);
  const bool complete = decode(pipeline, frames);
  camera.join();
  return complete;
}

int main() {
  oracle::watch();
  record(12, 3);
  return oracle::verdict();
}
