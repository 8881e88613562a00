// A queue between tasks that holds at most `capacity` elements. Every wait can
// be stopped, and pushing waits only for so long.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <stop_token>
#include <utility>

template <typename T> class BoundedQueue {
public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  /// False if there was no room in time, or \p stop was requested.
  bool tryPush(T value, std::stop_token stop, std::chrono::milliseconds patience) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (!notFull_.wait_for(lock, stop, patience, [this] { return items_.size() < capacity_; }))
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
    notFull_.notify_one();
    return true;
  }

private:
  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable_any notEmpty_;
  std::condition_variable_any notFull_;
  std::deque<T> items_;
};
