// Stand-in for folly's header of this name: a queue of a fixed size, without close. The members
// stand in its base class.

#pragma once

#include <chrono>
#include <cstddef>

namespace folly {

template <typename T>
class MPMCQueue;

namespace detail {

template <typename Derived>
class MPMCQueueBase;

template <typename T>
class MPMCQueueBase<MPMCQueue<T>> {
 public:
  explicit MPMCQueueBase(size_t queueCapacity);
  template <typename... Args>
  void blockingWrite(Args&&... args) noexcept;
  template <typename... Args>
  bool write(Args&&... args) noexcept;
  template <typename... Args>
  bool writeIfNotFull(Args&&... args) noexcept;
  template <class Clock, typename... Args>
  bool tryWriteUntil(const std::chrono::time_point<Clock>& when, Args&&... args) noexcept;
  void blockingRead(T& elem) noexcept;
  bool read(T& elem) noexcept;
  bool readIfNotEmpty(T& elem) noexcept;
  template <class Clock>
  bool tryReadUntil(const std::chrono::time_point<Clock>& when, T& elem) noexcept;
  ptrdiff_t size() const noexcept;
  bool isEmpty() const noexcept;
};

}  // namespace detail

template <typename T>
class MPMCQueue : public detail::MPMCQueueBase<MPMCQueue<T>> {
 public:
  explicit MPMCQueue(size_t queueCapacity);
};

}  // namespace folly
