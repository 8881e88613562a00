// Fetches feature flags in a fiber. The caller returns before it receives them when the
// user is not signed in, and the fiber waits in its push for good.
// pattern: early return before the receive

#include "oracle.h"

#include <boost/fiber/all.hpp>

#include <string>
#include <vector>

namespace fibers = boost::fibers;

using Flags = std::vector<std::string>;

struct User {
  std::string name;
  bool signed_in;
};

Flags fetch_flags(const User &user) {
  Flags flags{"dark-mode"};
  if (user.name == "ada")
    flags.push_back("analytical-engine");
  return flags;
}

class FlagService {
public:
  bool is_enabled(const User &user, const std::string &flag) {
    fibers::unbuffered_channel<Flags> reply;
    fibers::fiber fetcher([&] {
      oracle::Task alive;
      reply.push(fetch_flags(user)); // stuck: blocking-send
    });
    if (!user.signed_in) {
#ifndef LEAKING
      reply.close();
#endif
      fetcher.join(); // cause
      return false;
    }
    const Flags flags = reply.value_pop();
    fetcher.join();
    for (const auto &each : flags)
      if (each == flag)
        return true;
    return false;
  }
};

void render_page() {
  FlagService service;
  service.is_enabled({"ada", true}, "dark-mode");
  service.is_enabled({"guest", false}, "dark-mode");
}

int main() {
  oracle::watch();
  render_page();
  return oracle::verdict();
}
