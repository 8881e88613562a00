// A cache of cover art. It downloads in another thread and waits for it with the lock held;
// the download counts its bytes under the same lock.
// pattern: lock held across a wait whose waker needs it

#include "oracle.h"

#include <cstddef>
#include <future>
#include <map>
#include <mutex>
#include <string>

namespace player {

using Picture = std::string;

class CoverArtCache {
public:
  Picture get(const std::string &album) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (auto found = pictures_.find(album); found != pictures_.end())
      return found->second;
#ifndef LEAKING
    lock.unlock();
#endif
    auto download = std::async(std::launch::async, [this, album] { return fetch(album); });
    Picture picture = download.get(); // stuck: lock-cycle, unwoken-wait
#ifndef LEAKING
    lock.lock();
#endif
    pictures_[album] = picture; // cause
    return picture;
  }

  std::size_t bytesLoaded() const {
    std::lock_guard<std::mutex> lock(mutex_);
    return bytes_loaded_;
  }

private:
  Picture fetch(const std::string &album) {
    oracle::Task alive;
    Picture picture = "PNG:" + album;
    std::lock_guard<std::mutex> lock(mutex_); // stuck: lock-cycle
    bytes_loaded_ += picture.size();
    return picture;
  }

  mutable std::mutex mutex_;
  std::map<std::string, Picture> pictures_;
  std::size_t bytes_loaded_ = 0;
};

} // namespace player

std::size_t showLibrary() {
  player::CoverArtCache cache;
  cache.get("Kind of Blue");
  cache.get("Blue Train");
  return cache.bytesLoaded();
}

int main() {
  oracle::watch();
  showLibrary();
  return oracle::verdict();
}
