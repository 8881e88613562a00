// Boats wait for each other at the start of a race. The barrier counts the boats on the
// list, and those that were withdrawn do not come to the line.
// pattern: count too large

#include "oracle.h"

#include <boost/fiber/barrier.hpp>
#include <boost/fiber/fiber.hpp>

#include <algorithm>
#include <string>
#include <vector>

struct boat {
  std::string name;
  bool withdrawn = false;
  int position = 0;
};

class race {
public:
  explicit race(std::vector<boat> boats) : boats_(std::move(boats)) {}

  void sail() {
#ifdef LEAKING
    boost::fibers::barrier start_line(boats_.size()); // cause
#else
    boost::fibers::barrier start_line(std::count_if(
        boats_.begin(), boats_.end(), [](const boat &b) { return !b.withdrawn; }));
#endif
    std::vector<boost::fibers::fiber> crews;
    for (boat &b : boats_)
      if (!b.withdrawn)
        crews.emplace_back([this, &b, &start_line] {
          oracle::Task alive;
          start_line.wait(); // stuck: unfinished-wait-group, unwoken-wait
          b.position = ++arrived_;
        });
    for (auto &crew : crews)
      crew.join();
  }

  int arrived() const { return arrived_; }

private:
  std::vector<boat> boats_;
  int arrived_ = 0;
};

int regatta() {
  race r({{"Albatros"}, {"Kormoran", true}, {"Seeadler"}});
  r.sail();
  return r.arrived();
}

int main() {
  oracle::watch();
  regatta();
  return oracle::verdict();
}
