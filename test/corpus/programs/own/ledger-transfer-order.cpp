// Two accounts, each with a lock and a guard of its own kind. Transfers in opposite
// directions lock them in opposite orders.
// pattern: locks in opposite order

#include "oracle.h"

#include <mutex>
#include <thread>

namespace bank {

class Account;

/// Holds an account for as long as it lives.
class Hold {
  Account *Held;

public:
  explicit Hold(Account &A);
  ~Hold();
  Hold(const Hold &) = delete;
  Hold &operator=(const Hold &) = delete;
};

class Account {
  friend class Hold;
  std::mutex Mutex;
  const int Number;
  long Cents;

public:
  Account(int Number, long Cents) : Number(Number), Cents(Cents) {}

  int number() const { return Number; }
  long balance() const { return Cents; }
  void deposit(long Amount) { Cents += Amount; }

  bool withdraw(long Amount) {
    if (Cents < Amount)
      return false;
    Cents -= Amount;
    return true;
  }
};

Hold::Hold(Account &A) : Held(&A) { Held->Mutex.lock(); } // stuck: lock-cycle
Hold::~Hold() { Held->Mutex.unlock(); }

static bool move(Account &From, Account &To, long Amount) {
  if (!From.withdraw(Amount))
    return false;
  To.deposit(Amount);
  return true;
}

bool transfer(Account &From, Account &To, long Amount) {
#ifdef LEAKING
  Hold First(From);
  oracle::window();
  Hold Second(To); // cause
#else
  bool InOrder = From.number() < To.number();
  Hold First(InOrder ? From : To);
  oracle::window();
  Hold Second(InOrder ? To : From);
#endif
  return move(From, To, Amount);
}

} // namespace bank

static void settleInvoices() {
  bank::Account Shop(1001, 50000), Supplier(1002, 20000);
  std::thread Payment([&] {
    oracle::Task Alive;
    bank::transfer(Shop, Supplier, 1500);
  });
  std::thread Refund([&] {
    oracle::Task Alive;
    bank::transfer(Supplier, Shop, 300);
  });
  Payment.join();
  Refund.join();
}

int main() {
  oracle::watch();
  settleInvoices();
  return oracle::verdict();
}
