// Stand-in for folly's header of this name: set once, until it is reset.

#pragma once

#include <atomic>
#include <chrono>

namespace folly {

template <bool MayBlock = true, template <typename> class Atom = std::atomic>
class Baton {
 public:
  bool ready() const noexcept;
  void reset() noexcept;
  void post() noexcept;
  void wait() noexcept;
  bool try_wait() const noexcept;
  template <typename Rep, typename Period>
  bool try_wait_for(const std::chrono::duration<Rep, Period>& timeout) noexcept;
  template <typename Clock, typename Duration>
  bool try_wait_until(const std::chrono::time_point<Clock, Duration>& deadline) noexcept;
};

}  // namespace folly
