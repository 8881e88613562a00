// Stand-in for folly's header of this name. The destructor stops and joins the threads.

#pragma once

#include <folly/Executor.h>

#include <cstddef>

namespace folly {

class ThreadPoolExecutor : public Executor {
 public:
  void stop();
  void join();
};

class CPUThreadPoolExecutor : public ThreadPoolExecutor {
 public:
  explicit CPUThreadPoolExecutor(size_t numThreads);
  ~CPUThreadPoolExecutor() override;
  void add(Func func) override;
};

}  // namespace folly
