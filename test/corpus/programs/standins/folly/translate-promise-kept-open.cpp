// Requests that are in flight are kept with their promises until the answer comes. An answer with
// an error is logged and its promise stays open.
// pattern: promise never fulfilled on the error path

#include "oracle.h"

#include <folly/futures/Future.h>

#include <stdexcept>
#include <thread>
#include <utility>

namespace translate {

struct Answer {
  int status;
  int words;
};

class Client {
 public:
  folly::SemiFuture<int> send() {
    folly::SemiFuture<int> result = pending_.getSemiFuture();
    return result;
  }

  void onAnswer(Answer answer) {
    if (answer.status != 200) {
      ++errors_;
#ifndef LEAKING
      pending_.setException(std::make_exception_ptr(std::runtime_error("not translated")));
#endif
      return;  // cause
    }
    pending_.setValue(answer.words);
  }

 private:
  folly::Promise<int> pending_;
  int errors_ = 0;
};

void translateMenu() {
  oracle::Task alive;
  Client client;
  folly::SemiFuture<int> words = client.send();
  std::thread network([&client] {
    oracle::Task alive;
    client.onAnswer({503, 0});
  });
  try {
    std::move(words).get();  // stuck: unwoken-wait
  } catch (const std::exception&) {
  }
  network.join();
}

}  // namespace translate

int main() {
  oracle::watch();
  translate::translateMenu();
  return oracle::verdict();
}
