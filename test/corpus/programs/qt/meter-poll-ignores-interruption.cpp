// A power meter's thread waits for a reading with a permit per reading. It is asked to stop with
// requestInterruption(), which it looks at only between readings.
// pattern: token ignored by the task

#include "oracle.h"

#include <QSemaphore>
#include <QThread>

class Meter : public QThread {
public:
  void reading(int watts) {
    last = watts;
    readings.release();
  }

  void shutDown() {
    requestInterruption();
    wait(); // cause
  }

protected:
  void run() override {
    oracle::Task alive;
    while (!isInterruptionRequested()) {
#ifdef LEAKING
      readings.acquire(); // stuck: unwoken-wait, lost-cancel
#else
      if (!readings.tryAcquire(1, 20))
        continue;
#endif
      total += last;
    }
  }

private:
  QSemaphore readings;
  int last = 0;
  int total = 0;
};

void measure() {
  Meter meter;
  meter.start();
  meter.reading(230);
  oracle::window();
  meter.shutDown();
}

int main() {
  oracle::watch();
  measure();
  return oracle::verdict();
}
