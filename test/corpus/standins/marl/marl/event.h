// Stand-in for marl's header of this name. Copies of an Event share their state.

#ifndef marl_event_h
#define marl_event_h

#include <chrono>
#include <memory>

namespace marl {

class Allocator;

class Event {
 public:
  enum class Mode : unsigned char { Auto, Manual };

  Event(Mode mode = Mode::Auto, bool initialState = false, Allocator* allocator = nullptr);
  void signal() const;
  void clear() const;
  void wait() const;
  template <typename Rep, typename Period>
  bool wait_for(const std::chrono::duration<Rep, Period>& duration) const;
  template <typename Clock, typename Duration>
  bool wait_until(const std::chrono::time_point<Clock, Duration>& timeout) const;
  bool test() const;
  bool isSignalled() const;

 private:
  struct Shared;
  const std::shared_ptr<Shared> shared;
};

}  // namespace marl

#endif  // marl_event_h
