// A queue between tasks that holds at most `capacity` elements. Who finds it full
// goes on without; who finds it empty waits until there is something, or a stop.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <stop_token>
#include <utility>

template <typename T> class BoundedQueue {
public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  /// False if there is no room.
  bool tryPush(T value) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (items_.size() == capacity_)
      return false;
    items_.push_back(std::move(value));
    notEmpty_.notify_one();
    return true;
  }

  /// False once \p stop was requested.
  bool pop(T &value, std::stop_token stop) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (!notEmpty_.wait(lock, stop, [this] { return !items_.empty(); }))
      return false;
    value = std::move(items_.front());
    items_.pop_front();
    return true;
  }

private:
  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable_any notEmpty_;
  std::deque<T> items_;
};
