// A camera and an encoder are two coroutines on one queue, and both are collected. The encoder
// stops after the first key frame; the camera waits for room.
// pattern: send without receiver

#include "oracle.h"

#include <folly/coro/BlockingWait.h>
#include <folly/coro/BoundedQueue.h>
#include <folly/coro/Collect.h>
#include <folly/coro/Task.h>

namespace coro = folly::coro;

struct Frame {
  int number;
  bool isKey;
};

constexpr int Frames = 3;

static coro::Task<void> capture(coro::BoundedQueue<Frame>& frames) {
  oracle::Task alive;
  for (int number = 0; number < Frames; ++number) {
    co_await frames.enqueue(Frame{number, number == 0});  // stuck: blocking-send
  }
}

static coro::Task<void> encode(coro::BoundedQueue<Frame>& frames, int& encoded) {
  oracle::Task alive;
  for (int i = 0; i < Frames; ++i) {
    Frame frame = co_await frames.dequeue();
    encoded += frame.isKey ? 10 : 1;
#ifdef LEAKING
    if (frame.isKey) {
      co_return;  // cause
    }
#endif
  }
}

static int recordClip() {
  oracle::Task alive;
  coro::BoundedQueue<Frame> frames(1);
  int encoded = 0;
  coro::blockingWait(coro::collectAll(capture(frames), encode(frames, encoded)));  // stuck: select-without-cancel
  return encoded;
}

int main() {
  oracle::watch();
  recordClip();
  return oracle::verdict();
}
