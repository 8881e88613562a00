// A bounded buffer of trace spans between request threads and an exporter. Its close()
// wakes the exporter, but not the requests that wait for room.
// pattern: close wakes receivers but not senders

#include "oracle.h"

#include <array>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <utility>

namespace tracing {

struct Span {
  int id = 0;
};

template <typename T, std::size_t N> class RingBuffer {
public:
  enum class Status { kOk, kClosed };

  Status Push(T item) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (size_ == N && !closed_) {
      not_full_.wait(lock);  // stuck: unwoken-wait
    }
    if (closed_) return Status::kClosed;
    ring_[(begin_ + size_++) % N] = std::move(item);
    not_empty_.notify_one();
    return Status::kOk;
  }

  Status Pop(T* item) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (size_ == 0 && !closed_) {
      not_empty_.wait(lock);
    }
    if (size_ == 0) return Status::kClosed;
    *item = std::move(ring_[begin_]);
    begin_ = (begin_ + 1) % N;
    --size_;
    not_full_.notify_one();
    return Status::kOk;
  }

  void Close() {
    std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    not_empty_.notify_all();  // cause
#ifndef LEAKING
    not_full_.notify_all();
#endif
  }

 private:
  std::mutex mutex_;
  std::condition_variable not_full_;
  std::condition_variable not_empty_;
  std::array<T, N> ring_;
  std::size_t begin_ = 0;
  std::size_t size_ = 0;
  bool closed_ = false;
};

class Collector {
 public:
  virtual ~Collector() = default;
  virtual bool Accept(const Span& span) = 0;
};

// Refuses everything after its quota, as collectors do.
class QuotaCollector final : public Collector {
 public:
  bool Accept(const Span&) override { return quota_-- > 0; }

 private:
  int quota_ = 1;
};

using SpanBuffer = RingBuffer<Span, 2>;

void Export(SpanBuffer* spans, Collector* collector) {
  oracle::Task alive;
  Span span;
  while (spans->Pop(&span) == SpanBuffer::Status::kOk) {
    if (!collector->Accept(span)) {
      oracle::window();  // Meanwhile the buffer fills up.
      spans->Close();
      return;
    }
  }
}

void HandleRequest(SpanBuffer* spans) {
  oracle::Task alive;
  for (int id = 0; id < 6; ++id) {
    if (spans->Push(Span{id}) == SpanBuffer::Status::kClosed) return;
  }
}

}  // namespace tracing

void TraceRequest() {
  tracing::SpanBuffer spans;
  tracing::QuotaCollector collector;
  std::thread exporter(tracing::Export, &spans, &collector);
  std::thread request(tracing::HandleRequest, &spans);
  request.join();
  spans.Close();
  exporter.join();
}

int main() {
  oracle::watch();
  TraceRequest();
  return oracle::verdict();
}
