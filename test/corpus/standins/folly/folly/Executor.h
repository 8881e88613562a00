// Stand-in for folly's header of this name, with what the corpus uses of it.

#pragma once

#include <functional>

namespace folly {

using Func = std::function<void()>;

class Executor {
 public:
  virtual ~Executor() = default;
  virtual void add(Func) = 0;

  template <typename ExecutorT = Executor>
  class KeepAlive {
   public:
    KeepAlive() = default;
    KeepAlive(ExecutorT* executor);
    template <typename OtherExecutor>
    KeepAlive(KeepAlive<OtherExecutor>&& other) noexcept;
    ExecutorT* get() const;
  };
};

template <typename ExecutorT>
Executor::KeepAlive<ExecutorT> getKeepAliveToken(ExecutorT* executor);

}  // namespace folly
