// A map's tile cache renders a missing tile with QtConcurrent::run and waits for it under
// the cache's lock, which the renderer needs to store the tile.
// pattern: lock held across a wait whose waker needs it

#include "oracle.h"

#include <QFuture>
#include <QMutex>
#include <QMutexLocker>
#include <QtConcurrent>

class TileCache {
public:
  int tile(int zoom) {
    QMutexLocker locker(&mutex);
    if (rendered == zoom)
      return pixels;
#ifndef LEAKING
    locker.unlock();
#endif
    QFuture<void> rendering = QtConcurrent::run([this, zoom] { render(zoom); });
    rendering.waitForFinished(); // stuck: lock-cycle
#ifndef LEAKING
    locker.relock();
#endif
    return pixels;
  }

private:
  void render(int zoom) {
    oracle::Task alive;
    const int painted = zoom * 256;
    QMutexLocker locker(&mutex); // stuck: lock-cycle
    rendered = zoom;
    pixels = painted;
  }

  QMutex mutex;
  int rendered = -1;
  int pixels = 0;
};

int showMap() {
  oracle::Task alive;
  TileCache cache;
  return cache.tile(3); // cause
}

int main() {
  oracle::watch();
  showMap();
  return oracle::verdict();
}
