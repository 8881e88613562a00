// Stand-in for folly's header of this name: what is waited for is declared in bases, FutureBase and
// the like.

#pragma once

#include <folly/Executor.h>

#include <chrono>
#include <exception>
#include <utility>

namespace folly {

struct Unit {};
class exception_wrapper {
 public:
  exception_wrapper() = default;
  exception_wrapper(std::exception_ptr ptr);
};
template <typename T>
class Future;
template <typename T>
class SemiFuture;

namespace futures {
namespace detail {
template <typename T>
class FutureBase {
 public:
  FutureBase(FutureBase&&) noexcept;
  FutureBase& operator=(FutureBase&&) noexcept;
  bool isReady() const;
  bool hasValue() const;
  bool valid() const noexcept;
  T& value() &;
  void cancel();
};
}  // namespace detail
}  // namespace futures

template <typename T>
class SemiFuture : private futures::detail::FutureBase<T> {
  using Base = futures::detail::FutureBase<T>;

 public:
  static SemiFuture<T> makeEmpty();
  SemiFuture(SemiFuture<T>&&) noexcept;
  SemiFuture& operator=(SemiFuture<T>&&) noexcept;
  using Base::cancel;
  using Base::isReady;
  using Base::valid;
  T get() &&;
  T get(std::chrono::milliseconds dur) &&;
  SemiFuture<T>& wait() &;
  SemiFuture<T>&& wait() &&;
  bool wait(std::chrono::milliseconds dur) &;
  Future<T> via(Executor::KeepAlive<> executor) &&;
  Future<T> via(Executor* executor) &&;
};

template <typename T>
class Future : private futures::detail::FutureBase<T> {
  using Base = futures::detail::FutureBase<T>;

 public:
  Future(Future<T>&&) noexcept;
  Future& operator=(Future<T>&&) noexcept;
  using Base::cancel;
  using Base::isReady;
  using Base::valid;
  T get() &&;
  T get(std::chrono::milliseconds dur) &&;
  Future<T>& wait() &;
  bool wait(std::chrono::milliseconds dur) &&;
  SemiFuture<T> semi() &&;
  Future<T> via(Executor::KeepAlive<> executor) &&;
};

template <typename T>
class Promise {
 public:
  Promise();
  Promise(Promise<T>&& other) noexcept;
  Promise& operator=(Promise<T>&& other) noexcept;
  ~Promise();
  static Promise<T> makeEmpty() noexcept;
  SemiFuture<T> getSemiFuture();
  Future<T> getFuture();
  void setException(exception_wrapper ew);
  template <class M>
  void setValue(M&& value);
  template <class B = T>
  void setValue();
  bool isFulfilled() const noexcept;
};

}  // namespace folly
