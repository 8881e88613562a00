// Moving tracks between two playlists locks the source, then the target. Two users who
// move in opposite directions stop each other.
// pattern: locks in opposite order

#include "oracle.h"

#include <QMutex>
#include <QMutexLocker>
#include <QThread>

#include <functional>
#include <memory>

struct Playlist {
  QMutex mutex;
  int tracks = 0;
};

static void moveTrack(Playlist &from, Playlist &to) {
#ifdef LEAKING
  QMutexLocker source(&from.mutex);
  oracle::window();
  QMutexLocker target(&to.mutex); // stuck: lock-cycle
#else
  const bool inOrder = std::less<>()(&from, &to);
  QMutexLocker first(inOrder ? &from.mutex : &to.mutex);
  oracle::window();
  QMutexLocker second(inOrder ? &to.mutex : &from.mutex);
#endif
  if (from.tracks > 0) {
    --from.tracks;
    ++to.tracks;
  }
}

static void party() {
  Playlist dance, slow;
  dance.tracks = slow.tracks = 10;
  std::unique_ptr<QThread> anna(QThread::create([&] {
    oracle::Task alive;
    moveTrack(dance, slow); // cause
  }));
  std::unique_ptr<QThread> ben(QThread::create([&] {
    oracle::Task alive;
    moveTrack(slow, dance); // cause
  }));
  anna->start();
  ben->start();
  anna->wait();
  ben->wait();
}

int main() {
  oracle::watch();
  party();
  return oracle::verdict();
}
