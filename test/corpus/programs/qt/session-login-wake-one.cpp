// Requests wait for a session's login. When it has come, one of them is woken; the others stay.
// pattern: notify_one for several waiters

#include "oracle.h"

#include <QMutex>
#include <QString>
#include <QThread>
#include <QWaitCondition>

class Session {
public:
  QString token() {
    QMutexLocker locker(&mutex);
    while (!loggedIn)
      changed.wait(locker.mutex()); // stuck: unwoken-wait
    return current;
  }

  void login(const QString &granted) {
    QMutexLocker locker(&mutex);
    current = granted;
    loggedIn = true;
#ifdef LEAKING
    changed.wakeOne(); // cause
#else
    changed.wakeAll();
#endif
  }

private:
  QMutex mutex;
  QWaitCondition changed;
  bool loggedIn = false;
  QString current;
};

class Request : public QThread {
public:
  explicit Request(Session *session) : session_(session) {}

private:
  void run() override {
    oracle::Task alive;
    const QString token = session_->token();
    sent_ = !token.isEmpty();
  }

  Session *session_;
  bool sent_ = false;
};

static void openMailbox() {
  Session session;
  Request folders(&session), messages(&session);
  folders.start();
  messages.start();
  oracle::window(); // Both wait.
  session.login(QStringLiteral("f81d4fae"));
  folders.wait();
  messages.wait();
}

int main() {
  oracle::watch();
  openMailbox();
  return oracle::verdict();
}
