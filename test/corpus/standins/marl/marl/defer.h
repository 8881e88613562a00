// Stand-in for marl's headers defer.h and finally.h: code at the end of a scope.

#ifndef marl_defer_h
#define marl_defer_h

#include <utility>

namespace marl {

class Finally {
 public:
  virtual ~Finally() = default;
};

template <typename F>
class FinallyImpl : public Finally {
 public:
  FinallyImpl(const F& func) : func(func) {}
  FinallyImpl(F&& func) : func(std::move(func)) {}
  FinallyImpl(FinallyImpl<F>&& other) : func(std::move(other.func)), valid(std::exchange(other.valid, false)) {}
  ~FinallyImpl() {
    if (valid) func();
  }

 private:
  F func;
  bool valid = true;
};

template <typename F>
inline FinallyImpl<F> make_finally(F&& f) {
  return FinallyImpl<F>(std::forward<F>(f));
}

}  // namespace marl

#define MARL_CONCAT_(a, b) a##b
#define MARL_CONCAT(a, b) MARL_CONCAT_(a, b)
#define defer(x) auto MARL_CONCAT(defer_, __LINE__) = marl::make_finally([&] { x; })

#endif  // marl_defer_h
