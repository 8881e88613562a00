// Stand-in for folly's header of this name: tasks that are waited for together.

#pragma once

#include <folly/coro/Task.h>

namespace folly {
namespace coro {

class AsyncScope {
 public:
  AsyncScope() noexcept;
  ~AsyncScope();
  template <typename Awaitable>
  void add(Awaitable&& awaitable);
  std::size_t remaining() const noexcept;
  Task<void> joinAsync() noexcept;
  SemiFuture<Unit> cleanup() noexcept;
};

}  // namespace coro
}  // namespace folly
