// Stand-in for folly's header of this name. Copies of a source, and its tokens, share one cancel.

#pragma once

#include <functional>

namespace folly {

class CancellationToken {
 public:
  CancellationToken() noexcept = default;
  bool isCancellationRequested() const noexcept;
  bool canBeCancelled() const noexcept;
};

class CancellationSource {
 public:
  CancellationSource();
  CancellationSource(const CancellationSource& other) noexcept;
  CancellationSource(CancellationSource&& other) noexcept;
  ~CancellationSource();
  CancellationSource& operator=(const CancellationSource& other) noexcept;
  CancellationSource& operator=(CancellationSource&& other) noexcept;
  static CancellationSource invalid() noexcept;
  CancellationToken getToken() const noexcept;
  bool isCancellationRequested() const noexcept;
  bool canBeCancelled() const noexcept;
  bool requestCancellation() const noexcept;
};

class CancellationCallback {
 public:
  template <typename Callable>
  CancellationCallback(CancellationToken&& ct, Callable&& callable);
  template <typename Callable>
  CancellationCallback(const CancellationToken& ct, Callable&& callable);
  ~CancellationCallback();
};

}  // namespace folly
