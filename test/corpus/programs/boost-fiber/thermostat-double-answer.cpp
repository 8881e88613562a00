// A thermostat answers requests over a channel. After the answer to a bad request the
// return is missing, so that it is answered twice; the asker takes one answer.
// pattern: double send after a missing return

#include "oracle.h"

#include <boost/fiber/all.hpp>

#include <cstdlib>
#include <optional>

namespace home {

enum class Answer { Done, BadRequest };

struct Request {
  std::optional<int> degrees;
};

using Answers = boost::fibers::unbuffered_channel<Answer>;
using Requests = boost::fibers::buffered_channel<Request>;

class Thermostat {
  int target_ = 20;

public:
  void handle(const Request &request, Answers &answers) {
    if (!request.degrees || std::abs(*request.degrees) > 60) {
      answers.push(Answer::BadRequest);
#ifndef LEAKING
      return;
#endif
    }
    target_ = request.degrees.value_or(target_); // cause
    answers.push(Answer::Done); // stuck: blocking-send
  }
};

void serve(Requests &requests, Answers &answers) {
  oracle::Task alive;
  Thermostat thermostat;
  for (Request request : requests)
    thermostat.handle(request, answers);
}

Answer ask(Requests &requests, Answers &answers, std::optional<int> degrees) {
  requests.push({degrees});
  return answers.value_pop();
}

} // namespace home

bool set_evening_temperature() {
  home::Requests requests{4};
  home::Answers answers;
  boost::fibers::fiber thermostat(home::serve, std::ref(requests), std::ref(answers));
  const bool accepted = home::ask(requests, answers, 100) == home::Answer::Done;
  requests.close();
  thermostat.join();
  return accepted;
}

int main() {
  oracle::watch();
  set_evening_temperature();
  return oracle::verdict();
}
