// Stand-in for libgo's header of this name: go, channels, locks, the scheduler, declared as they
// are there.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>

namespace co {

typedef std::function<void()> TaskF;

class Scheduler {
public:
  static Scheduler &getInstance();
  void CreateTask(TaskF const &fn);
  void Start(int minThreadNumber = 1, int maxThreadNumber = 0);
  void goStart(int minThreadNumber = 1, int maxThreadNumber = 0);
  void Stop();
};

struct __go {
  __go(const char *file, int lineno);
  template <typename Function> void operator-(Function const &f) { Scheduler::getInstance().CreateTask(f); }
};

template <typename T> class Channel {
public:
  explicit Channel(std::size_t capacity = 0);
  Channel const &operator<<(T t) const;
  Channel const &operator>>(T &t) const;
  Channel const &operator>>(std::nullptr_t ignore) const;
  bool TryPush(T t) const;
  bool TryPop(T &t) const;
  template <typename Rep, typename Period> bool TimedPush(T t, std::chrono::duration<Rep, Period> dur) const;
  template <typename Rep, typename Period> bool TimedPop(T &t, std::chrono::duration<Rep, Period> dur) const;
  bool Unique() const;
  void Close() const;
  bool empty() const;
  std::size_t size() const;

private:
  class ChannelImpl;
  mutable std::shared_ptr<ChannelImpl> impl_;
};

template <typename T> using co_chan = Channel<T>;

class CoMutex {
public:
  void lock();
  bool try_lock();
  bool is_lock();
  void unlock();
};
typedef CoMutex co_mutex;

class ConditionVariableAny {
public:
  template <typename Lock> void wait(Lock &lock);
  template <typename Lock, typename Predicate> void wait(Lock &lock, Predicate pred);
  template <typename Lock, typename Rep, typename Period>
  std::cv_status wait_for(Lock &lock, std::chrono::duration<Rep, Period> const &dur);
  template <typename Lock, typename Rep, typename Period, typename Predicate>
  bool wait_for(Lock &lock, std::chrono::duration<Rep, Period> const &dur, Predicate pred);
  template <typename Lock, typename Clock, typename Duration>
  std::cv_status wait_until(Lock &lock, std::chrono::time_point<Clock, Duration> const &deadline);
  template <typename Lock, typename Clock, typename Duration, typename Predicate>
  bool wait_until(Lock &lock, std::chrono::time_point<Clock, Duration> const &deadline, Predicate pred);
  bool notify_one();
  std::size_t notify_all();
};
typedef ConditionVariableAny co_condition_variable;

} // namespace co

#define go_alias ::co::__go(__FILE__, __LINE__) -
#define go go_alias
#define co_sched ::co::Scheduler::getInstance()

using ::co::co_chan;
using ::co::co_condition_variable;
using ::co::co_mutex;
