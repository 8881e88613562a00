// An RPC whose caller waits for a notification. The transport's callback for a failed
// call stores the error and forgets to notify.
// pattern: promise never fulfilled on the error path

#include "oracle.h"

#include <absl/synchronization/notification.h>

#include <functional>
#include <string>
#include <thread>
#include <utility>

enum class StatusCode { kOk, kUnavailable };

struct Response {
  StatusCode status = StatusCode::kOk;
  std::string body;
};

class Transport {
 public:
  explicit Transport(bool connected) : connected_(connected) {}
  ~Transport() {
    if (io_thread_.joinable()) io_thread_.join();
  }

  void Send(std::string request, std::function<void(std::string)> on_answer,
            std::function<void()> on_failure) {
    io_thread_ = std::thread(
        [this, request = std::move(request), on_answer = std::move(on_answer), on_failure = std::move(on_failure)] {
          oracle::Task alive;
          if (connected_) {
            on_answer("answer to " + request);
          } else {
            on_failure();
          }
        });
  }

 private:
  bool connected_;
  std::thread io_thread_;
};

Response Call(Transport& transport, const std::string& request) {
  Response response;
  absl::Notification done;
  transport.Send(
      request,
      [&](std::string body) {
        response.body = std::move(body);
        done.Notify();
      },
      [&] {
        response.status = StatusCode::kUnavailable;  // cause
#ifndef LEAKING
        done.Notify();
#endif
      });
  done.WaitForNotification();  // stuck: unwoken-wait
  return response;
}

void LookUpUser() {
  Transport transport(/*connected=*/false);
  Call(transport, "GetUser(17)");
}

int main() {
  oracle::watch();
  LookUpUser();
  return oracle::verdict();
}
