// A remote call whose answer is handed over face to face. A caller that has waited long
// enough leaves; the call's task then waits for ever to get rid of the answer.
// pattern: timeout before the receive

#include "oracle.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

using namespace std::chrono_literals;

namespace rpc {

struct Reply {
  int code;
};

// Put returns when a taker has the value; in the clean form, also when there is no taker any more.
class Handover {
public:
  void put(Reply reply) {
    std::unique_lock lk(mtx);
    slot = reply;
    filled.notify_one();
    while (slot.has_value() && !abandoned)
      taken.wait(lk); // stuck: unwoken-wait
  }

  std::optional<Reply> take_for(std::chrono::milliseconds limit) {
    std::unique_lock lk(mtx);
    if (!filled.wait_for(lk, limit, [&] { return slot.has_value(); })) {
#ifndef LEAKING
      abandoned = true;
      taken.notify_all();
#endif
      return std::nullopt; // cause
    }
    auto reply = slot;
    slot.reset();
    taken.notify_one();
    return reply;
  }

private:
  std::mutex mtx;
  std::condition_variable filled, taken;
  std::optional<Reply> slot;
  bool abandoned = false;
};

class Stub {
public:
  std::optional<Reply> call(int method, std::chrono::milliseconds limit) {
    auto handover = std::make_shared<Handover>();
    std::thread([handover, method] {
      oracle::Task alive;
      handover->put(perform(method));
    }).detach();
    return handover->take_for(limit);
  }

private:
  static Reply perform(int method) {
    oracle::window(); // The server is slow today.
    return {method};
  }
};

} // namespace rpc

int queryBalance() {
  rpc::Stub accounts;
  auto reply = accounts.call(12, 10ms);
  return reply ? reply->code : -1;
}

int main() {
  oracle::watch();
  queryBalance();
  return oracle::verdict();
}
