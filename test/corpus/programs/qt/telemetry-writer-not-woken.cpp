// A thread writes telemetry in batches. Its destructor asks it to finish and waits for it, but
// the thread sleeps until there is a batch.
// pattern: destructor joins without waking

#include "oracle.h"

#include <QByteArray>
#include <QList>
#include <QMutex>
#include <QThread>
#include <QWaitCondition>

class TelemetryWriter : public QThread {
public:
  TelemetryWriter() { start(QThread::LowPriority); }

  ~TelemetryWriter() override {
    mutex_.lock();
    finishing_ = true;
#ifndef LEAKING
    batchReady_.wakeOne();
#endif
    mutex_.unlock();
    wait(); // cause
  }

  void append(const QByteArray &batch) {
    QMutexLocker locker(&mutex_);
    batches_.append(batch);
    batchReady_.wakeOne();
  }

protected:
  void run() override {
    oracle::Task alive;
    for (;;) {
      QMutexLocker locker(&mutex_);
      while (batches_.isEmpty() && !finishing_)
        batchReady_.wait(&mutex_); // stuck: unwoken-wait
      if (batches_.isEmpty())
        return;
      written_ += batches_.takeFirst().size();
    }
  }

private:
  QMutex mutex_;
  QWaitCondition batchReady_;
  QList<QByteArray> batches_;
  bool finishing_ = false;
  qint64 written_ = 0;
};

void flyOnce() {
  TelemetryWriter writer;
  oracle::window();
}

int main() {
  oracle::watch();
  flyOnce();
  return oracle::verdict();
}
