// Stand-in for marl's header of this name: a wait always has its predicate.

#ifndef marl_condition_variable_h
#define marl_condition_variable_h

#include "marl/mutex.h"

#include <chrono>

namespace marl {

class Allocator;

class ConditionVariable {
 public:
  ConditionVariable(Allocator* allocator = nullptr);
  void notify_one();
  void notify_all();
  template <typename Predicate>
  void wait(marl::lock& lock, Predicate&& pred) {
    while (!pred()) block(lock);
  }
  template <typename Rep, typename Period, typename Predicate>
  bool wait_for(marl::lock& lock, const std::chrono::duration<Rep, Period>& duration, Predicate&& pred);
  template <typename Clock, typename Duration, typename Predicate>
  bool wait_until(marl::lock& lock, const std::chrono::time_point<Clock, Duration>& timeout, Predicate&& pred);

 private:
  void block(marl::lock& lock);
};

}  // namespace marl

#endif  // marl_condition_variable_h
