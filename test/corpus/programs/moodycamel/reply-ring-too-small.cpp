// A client asks a device for its state and gives up after a while. The reply has two
// parts, its ring one slot: when nobody reads, the driver waits for room for ever.
// pattern: timeout before the receive

#include "oracle.h"

#include <readerwriterqueue/readerwritercircularbuffer.h>
#include <readerwriterqueue/readerwriterqueue.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <thread>

using namespace std::chrono_literals;

struct Part {
  int code;
};

// Shared by the client and the driver: either may be the last to use it.
struct Reply {
#ifdef LEAKING
  static constexpr std::size_t Slots = 1; // cause
#else
  static constexpr std::size_t Slots = 2;
#endif
  moodycamel::BlockingReaderWriterCircularBuffer<Part> parts{Slots};
};

using Mailbox = moodycamel::BlockingReaderWriterQueue<std::shared_ptr<Reply>>;

void drive(Mailbox &requests) {
  oracle::Task alive;
  for (;;) {
    std::shared_ptr<Reply> reply;
    requests.wait_dequeue(reply);
    if (!reply)
      return;
    oracle::window(); // The bus is slow: the client has left by now.
    reply->parts.wait_enqueue(Part{1});
    reply->parts.wait_enqueue(Part{2}); // stuck: blocking-send
  }
}

int query(Mailbox &requests) {
  auto reply = std::make_shared<Reply>();
  requests.enqueue(reply);
  int sum = 0;
  Part part;
  for (int i = 0; i < 2; ++i) {
    if (!reply->parts.wait_dequeue_timed(part, 10ms))
      return -1;
    sum += part.code;
  }
  return sum;
}

void poll() {
  Mailbox requests;
  std::thread driver([&] { drive(requests); });
  query(requests);
  requests.enqueue(nullptr);
  driver.join();
}

int main() {
  oracle::watch();
  poll();
  return oracle::verdict();
}
