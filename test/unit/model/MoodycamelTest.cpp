// moodycamel's rows against its real headers.

#include "Resolved.h"

#include "gtest/gtest.h"

using namespace taskleak;

namespace {

TEST(MoodycamelModel, ConcurrentQueues) {
  expectRows(R"cc(
#include <concurrentqueue/blockingconcurrentqueue.h>
moodycamel::BlockingConcurrentQueue<int> Q; // type moodycamel::BlockingConcurrentQueue object channel
moodycamel::ConcurrentQueue<int> N; // type moodycamel::ConcurrentQueue object channel
void use(int *Many) {
  using namespace std::chrono_literals;
  moodycamel::ProducerToken P(Q);
  moodycamel::ConsumerToken C(Q);
  int X = 0;
  Q.enqueue(1); // send value=0
  Q.enqueue(P, 1); // send value=1
  Q.try_enqueue(X); // send value=0
  Q.enqueue_bulk(Many, 3); // send value=0 count=p1
  Q.enqueue_bulk(P, Many, 3); // send value=1 count=p2
  Q.wait_dequeue(X); // receive into=0 yields=none
  Q.wait_dequeue(C, X); // receive into=1 yields=none
  Q.wait_dequeue_timed(X, 1000); // receive into=0 timeout=1
  Q.wait_dequeue_timed(X, 1ms); // receive into=0 timeout=1
  Q.wait_dequeue_timed(C, X, 1ms); // receive into=1 timeout=2
  Q.wait_dequeue_bulk(Many, 3); // receive into=0 yields=status
  Q.wait_dequeue_bulk_timed(Many, 3, 1000); // receive into=0 timeout=2
  Q.try_dequeue(X); // receive into=0 flags=try
  Q.try_dequeue(C, X); // receive into=1 flags=try
  N.enqueue(2); // send value=0
  N.try_dequeue_from_producer(P, X); // receive into=1 flags=try
}
)cc");
}

TEST(MoodycamelModel, ReaderWriterQueues) {
  expectRows(R"cc(
#include <readerwriterqueue/readerwritercircularbuffer.h>
#include <readerwriterqueue/readerwriterqueue.h>
void use() {
  using namespace std::chrono_literals;
  moodycamel::BlockingReaderWriterQueue<int> Q(64); // type moodycamel::BlockingReaderWriterQueue object channel
  moodycamel::BlockingReaderWriterCircularBuffer<int> Ring(4); // make count=p0
  int X = 0;
  Q.enqueue(1); // send value=0
  Q.wait_dequeue(X); // receive into=0 yields=none
  Q.wait_dequeue_timed(X, 1ms); // receive into=0 timeout=1
  Q.pop(); // receive flags=try
  Ring.wait_enqueue(1); // send value=0 yields=none
  Ring.wait_enqueue_timed(1, 1000); // send value=0 timeout=1
  Ring.try_enqueue(1); // send value=0 flags=try
  Ring.wait_dequeue(X); // receive into=0 yields=none
  Ring.try_dequeue(X); // receive into=0 flags=try
}
)cc");
}

// lightweightsemaphore.h needs macros of concurrentqueue.h.
TEST(MoodycamelModel, Semaphores) {
  expectRows(R"cc(
#include <concurrentqueue/blockingconcurrentqueue.h>
#include <readerwriterqueue/readerwriterqueue.h>
void use() {
  moodycamel::LightweightSemaphore S(2); // make count=p0|0
  moodycamel::spsc_sema::LightweightSemaphore T; // make count=p0|0
  S.wait(); // acquire count=1
  S.wait(1000); // acquire timeout=0 count=1
  S.tryWait(); // acquire count=1 flags=try
  S.waitMany(3); // acquire count=1
  S.signal(2); // release count=p0|1
  T.wait(); // acquire count=1
  T.signal(); // release count=p0|1
}
)cc");
}

} // namespace
