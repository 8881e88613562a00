// A thread that drives a scanner enters its event loop. Unplugging the scanner ends the loop;
// closing the dialog before a scanner was found does not.
// pattern: started object never stopped

#include "oracle.h"

#include <QCoreApplication>
#include <QString>
#include <QThread>

class ScannerThread final : public QThread {
protected:
  void run() override {
    oracle::Task alive;
    exec(); // stuck: unwoken-wait
  }
};

class ScanDialog {
public:
  ScanDialog() { thread.start(); }

  bool selectDevice(const QString &name) {
    hasDevice = !name.isEmpty();
    return hasDevice;
  }

  void close() {
#ifdef LEAKING
    if (!hasDevice) {
      thread.wait(); // cause
      return;
    }
#endif
    thread.quit();
    thread.wait();
  }

private:
  ScannerThread thread;
  bool hasDevice = false;
};

static void scan() {
  ScanDialog dialog;
  dialog.close();
}

int main(int argc, char **argv) {
  oracle::watch();
  QCoreApplication application(argc, argv);
  scan();
  return oracle::verdict();
}
