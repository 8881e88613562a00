// Stand-in for marl's header of this name: a lock for fibers, and its guard.

#ifndef marl_mutex_h
#define marl_mutex_h

#include <condition_variable>

namespace marl {

class mutex {
 public:
  void lock();
  void unlock();
  bool try_lock();
  template <typename Predicate>
  void wait_locked(std::condition_variable& cv, Predicate&& p);
};

class lock {
 public:
  lock(mutex& m);
  lock(lock&& o);
  ~lock();
  bool owns_lock() const;
  void lock_no_tsa();
  void unlock_no_tsa();
};

}  // namespace marl

#endif  // marl_mutex_h
