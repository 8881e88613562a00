// A navigation asks its planner for a route and shows the old one when it takes too long.
// The planner pushes the new route into a channel that nobody looks at any more.
// pattern: timeout before the receive

#include "oracle.h"

#include <boost/fiber/all.hpp>

#include <chrono>
#include <memory>
#include <vector>

namespace nav {

using boost::fibers::channel_op_status;
using namespace std::chrono_literals;

struct Route {
  std::vector<int> junctions;
};

class Planner {
public:
  using Reply = boost::fibers::unbuffered_channel<Route>;

  void plan(int from, int to, std::shared_ptr<Reply> reply) {
    boost::fibers::fiber([from, to, reply = std::move(reply)] {
      oracle::Task alive;
      boost::this_fiber::sleep_for(80ms); // A long way.
      Route route{{from, (from + to) / 2, to}};
#ifdef LEAKING
      reply->push(route); // stuck: blocking-send
#else
      reply->push_wait_for(route, 50ms);
#endif
    }).detach();
  }
};

class Navigation {
public:
  explicit Navigation(Planner &planner) : planner_(planner) {}

  void driveTo(int destination) {
    auto reply = std::make_shared<Planner::Reply>();
    planner_.plan(position_, destination, reply);
    Route route;
    if (reply->pop_wait_for(route, 10ms) == channel_op_status::success) // cause
      route_ = std::move(route);
  }

private:
  Planner &planner_;
  Route route_;
  int position_ = 1;
};

} // namespace nav

void commute() {
  nav::Planner planner;
  nav::Navigation navigation(planner);
  navigation.driveTo(9);
  boost::this_fiber::sleep_for(std::chrono::milliseconds(300)); // On the road.
}

int main() {
  oracle::watch();
  commute();
  return oracle::verdict();
}
