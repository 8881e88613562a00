// Searches a maze with a group of tasks. A task that has sent others out waits for the
// group before it goes on: for itself, too.
// pattern: task waits for its own end

#include "oracle.h"

#include <oneapi/tbb/task_group.h>

#include <atomic>
#include <thread>
#include <vector>

namespace maze {

struct Junction {
  std::vector<Junction> exits;
  bool treasure = false;
};

class Search {
  tbb::task_group group_;
  std::atomic<int> found_ = 0;

public:
  int run(const Junction &entrance) {
    group_.run([this, &entrance] {
      oracle::Task alive;
      explore(entrance);
    });
    group_.wait();
    return found_;
  }

private:
  void explore(const Junction &junction) {
    if (junction.treasure)
      ++found_;
    if (junction.exits.empty())
      return;
    for (const Junction &exit : junction.exits)
      group_.run([this, &exit] { explore(exit); });
#ifdef LEAKING
    group_.wait(); // stuck: self-join, unfinished-wait-group
#endif
  }
};

} // namespace maze

int findTreasures() {
  const maze::Junction entrance{{maze::Junction{{}, true}, maze::Junction{}}};
  maze::Search search;
  return search.run(entrance);
}

int main() {
  oracle::watch();
  findTreasures();
  return oracle::verdict();
}
