// Stand-in for folly's header of this name. Awaiting a baton ignores cancellation.

#pragma once

#include <folly/coro/Task.h>

namespace folly {
namespace coro {

class Baton {
 public:
  explicit Baton(bool initiallySignalled = false) noexcept;
  ~Baton();
  bool ready() const noexcept;
  void post() noexcept;
  void reset() noexcept;
  detail::StandInAwaiter<void> operator co_await() const noexcept;
};

}  // namespace coro
}  // namespace folly
