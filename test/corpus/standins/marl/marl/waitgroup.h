// Stand-in for marl's header of this name. Copies of a WaitGroup share their count.

#ifndef marl_waitgroup_h
#define marl_waitgroup_h

#include <memory>

namespace marl {

class Allocator;

class WaitGroup {
 public:
  WaitGroup(unsigned int initialCount = 0, Allocator* allocator = nullptr);
  void add(unsigned int count = 1) const;
  bool done() const;
  void wait() const;

 private:
  struct Data;
  const std::shared_ptr<Data> data;
};

}  // namespace marl

#endif  // marl_waitgroup_h
