// Imports bookings under a ledger's write lock. A booking that is there already is left out,
// and the lock stays; the balance is never shown again.
// pattern: lock not released on one path

#include "oracle.h"

#include <QReadWriteLock>
#include <QThread>
#include <QVector>
#include <QtConcurrent>

namespace {

struct Booking {
  int id;
  int cents;
};

class Ledger {
public:
  bool add(const Booking &booking) {
    lock.lockForWrite();
    if (booking.id == lastId) {
#ifndef LEAKING
      lock.unlock();
#endif
      return false; // cause
    }
    lastId = booking.id;
    balance += booking.cents;
    lock.unlock();
    return true;
  }

  int currentBalance() const {
    QReadLocker locker(&lock); // stuck: unreleased-lock
    return balance;
  }

private:
  mutable QReadWriteLock lock;
  int lastId = 0;
  int balance = 0;
};

void importStatement() {
  Ledger ledger;
  QFuture<void> imported = QtConcurrent::run([&ledger] {
    oracle::Task alive;
    ledger.add({17, 2500});
    ledger.add({17, 2500});
  });
  imported.waitForFinished();
  QFuture<int> shown = QtConcurrent::run([&ledger] {
    oracle::Task alive;
    return ledger.currentBalance();
  });
  shown.waitForFinished();
}

} // namespace

int main() {
  oracle::watch();
  importStatement();
  return oracle::verdict();
}
