// A login that waits for a captcha to be solved. When the browser reports an error the
// login's promise is kept for a second try that is never made.
// pattern: promise never fulfilled on the error path

#include "oracle.h"

#include <boost/fiber/fiber.hpp>
#include <boost/fiber/future/future.hpp>
#include <boost/fiber/future/promise.hpp>
#include <boost/fiber/unbuffered_channel.hpp>

#include <stdexcept>
#include <string>

namespace login {

struct BrowserEvent {
  enum Kind { Solved, Failed } kind;
  std::string text;
};

using Events = boost::fibers::unbuffered_channel<BrowserEvent>;

class Captcha {
public:
  boost::fibers::future<std::string> solution() { return solution_.get_future(); }

  void handle(const BrowserEvent &event) {
    switch (event.kind) {
    case BrowserEvent::Solved:
      solution_.set_value(event.text);
      break;
    case BrowserEvent::Failed:
      ++failures_; // cause
#ifndef LEAKING
      solution_.set_exception(std::make_exception_ptr(std::runtime_error(event.text)));
#endif
      break;
    }
  }

private:
  boost::fibers::promise<std::string> solution_;
  int failures_ = 0;
};

bool log_in(Captcha &captcha) {
  try {
    return !captcha.solution().get().empty(); // stuck: unwoken-wait
  } catch (const std::runtime_error &) {
    return false;
  }
}

} // namespace login

bool visit() {
  login::Captcha captcha;
  login::Events events;
  bool in = false;
  boost::fibers::fiber user([&] {
    oracle::Task alive;
    in = login::log_in(captcha);
  });
  boost::fibers::fiber browser([&] {
    oracle::Task alive;
    for (const login::BrowserEvent &event : events)
      captcha.handle(event);
  });
  events.push({login::BrowserEvent::Failed, "script blocked"});
  events.close();
  browser.join();
  user.join();
  return in;
}

int main() {
  oracle::watch();
  visit();
  return oracle::verdict();
}
