// A billing worker that hands each answer over to the customer. A card that is refused is
// answered twice, and nobody comes to take the second answer.
// pattern: double send after a missing return

#include "oracle.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>

namespace util {

// Waits and notifies for what derives from it, under that class's own conditions.
template <class Derived> class Monitored {
protected:
  template <class Ready, class Then> auto when(Ready ready, Then then) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!ready())
      changed_.wait(lock); // stuck: unwoken-wait
    if constexpr (std::is_void_v<decltype(then())>) {
      then();
      changed_.notify_all();
    } else {
      auto result = then();
      changed_.notify_all();
      return result;
    }
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
};

template <class T> class Mailbox : Monitored<Mailbox<T>> {
public:
  /// Returns when the letter has been taken.
  void hand(T letter) {
    this->when([&] { return !letter_; }, [&] { letter_ = letter; });
    this->when([&] { return !letter_; }, [] {});
  }

  T take() {
    return this->when([&] { return letter_.has_value(); },
                      [&] {
                        T letter = *letter_;
                        letter_.reset();
                        return letter;
                      });
  }

private:
  std::optional<T> letter_;
};

} // namespace util

enum class Card { None, Valid, Expired };
enum class Answer { Charged, Refused };

struct Charge {
  Card card;
  int cents;
};

class Cashier {
public:
  Answer charge(const Charge &order) {
    orders_.hand(order);
    return answers_.take();
  }

  ~Cashier() {
    orders_.hand({Card::None, 0}); // No more customers.
    worker_.join();
  }

private:
  void serve() {
    oracle::Task alive;
    for (Charge order = orders_.take(); order.card != Card::None; order = orders_.take())
      handle(order);
  }

  void handle(const Charge &order) {
    if (order.card != Card::Valid) {
      answers_.hand(Answer::Refused);
#ifndef LEAKING
      return;
#endif
    }
    revenue_ += order.cents;
    answers_.hand(Answer::Charged); // cause
  }

  util::Mailbox<Charge> orders_;
  util::Mailbox<Answer> answers_;
  long revenue_ = 0;
  std::thread worker_{[this] { serve(); }};
};

Answer buyBook() {
  Cashier cashier;
  return cashier.charge({Card::Expired, 1990});
}

int main() {
  oracle::watch();
  buyBook();
  return oracle::verdict();
}
