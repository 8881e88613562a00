// Stand-in for folly's header of this name: lazy coroutines, and those that have their executor.

#pragma once

#include <folly/CancellationToken.h>
#include <folly/Executor.h>
#include <folly/futures/Future.h>

#include <coroutine>
#include <exception>

namespace folly {
namespace coro {

template <typename T = void>
class Task;

namespace detail {
class TaskPromiseBase {
 public:
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
};
template <typename T>
class TaskPromise : public TaskPromiseBase {
 public:
  Task<T> get_return_object() noexcept;
  void return_value(T value);
};
template <>
class TaskPromise<void> : public TaskPromiseBase {
 public:
  Task<void> get_return_object() noexcept;
  void return_void() noexcept;
};
template <typename T>
struct StandInAwaiter {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};
}  // namespace detail

template <typename T>
class TaskWithExecutor {
 public:
  SemiFuture<T> start() &&;
  detail::StandInAwaiter<T> operator co_await() && noexcept;
};
template <>
class TaskWithExecutor<void> {
 public:
  SemiFuture<Unit> start() &&;
  detail::StandInAwaiter<void> operator co_await() && noexcept;
};

template <typename T>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::TaskPromise<T>;
  Task(Task&& t) noexcept;
  ~Task();
  detail::StandInAwaiter<T> operator co_await() && noexcept;
};

template <typename T>
TaskWithExecutor<T> co_withExecutor(Executor::KeepAlive<> executor, Task<T> task);
template <typename T>
Task<T> co_withCancellation(const CancellationToken& cancelToken, Task<T>&& task);
template <typename T>
T blockingWait(Task<T>&& task);
template <typename T>
T blockingWait(TaskWithExecutor<T>&& task);

}  // namespace coro
}  // namespace folly
