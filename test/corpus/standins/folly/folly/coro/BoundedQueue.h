// Stand-in for folly's header of this name. A cancelled task's waits end with an exception.

#pragma once

#include <folly/coro/Task.h>

#include <cstdint>
#include <optional>

namespace folly {
namespace coro {

template <typename T, bool SingleProducer = false, bool SingleConsumer = false>
class BoundedQueue {
 public:
  explicit BoundedQueue(uint32_t capacity);
  template <typename U = T>
  Task<void> enqueue(U&& item);
  template <typename U = T>
  bool try_enqueue(U&& item);
  Task<T> dequeue();
  std::optional<T> try_dequeue();
  bool try_dequeue(T& item);
  bool empty() const;
  size_t size() const;
};

template <typename T, bool SingleProducer = false, bool SingleConsumer = false>
class UnboundedQueue {
 public:
  template <typename U = T>
  void enqueue(U&& item);
  Task<T> dequeue();
  bool try_dequeue(T& item);
  bool empty() const;
  size_t size() const;
};

}  // namespace coro
}  // namespace folly
