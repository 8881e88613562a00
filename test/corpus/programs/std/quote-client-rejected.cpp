// A client of a quote service. Answers are matched to requests by their number; one that
// says "rejected" is only logged, and the promise of its request stays in the map.
// pattern: promise never fulfilled on the error path

#include "oracle.h"

#include <cstdint>
#include <future>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>

namespace quotes {

struct Answer {
  std::uint32_t request;
  bool accepted;
  double price;
  std::string reason;
};

class Rejected : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class PendingRequests {
public:
  std::future<double> expect(std::uint32_t request) {
    std::lock_guard lock(mutex_);
    return promises_[request].get_future();
  }

  void resolve(const Answer &answer) {
    std::lock_guard lock(mutex_);
    auto pending = promises_.find(answer.request);
    if (pending == promises_.end())
      return;
    if (!answer.accepted) {
      std::clog << "quote " << answer.request << " rejected: " << answer.reason << '\n';
#ifdef LEAKING
      return; // cause
#else
      pending->second.set_exception(std::make_exception_ptr(Rejected(answer.reason)));
#endif
    } else {
      pending->second.set_value(answer.price);
    }
    promises_.erase(pending);
  }

private:
  std::mutex mutex_;
  std::unordered_map<std::uint32_t, std::promise<double>> promises_;
};

} // namespace quotes

double bestPrice() {
  quotes::PendingRequests pending;
  auto market = pending.expect(1);
  auto limit = pending.expect(2);
  std::thread reader([&pending] {
    oracle::Task alive;
    pending.resolve({.request = 1, .accepted = true, .price = 101.5});
    pending.resolve({.request = 2, .accepted = false, .price = 0, .reason = "market closed"});
  });
  double price = market.get();
  try {
    price = std::min(price, limit.get()); // stuck: unwoken-wait
  } catch (const quotes::Rejected &) {
    std::clog << "no limit price\n";
  }
  reader.join();
  return price;
}

int main() {
  oracle::watch();
  bestPrice();
  return oracle::verdict();
}
