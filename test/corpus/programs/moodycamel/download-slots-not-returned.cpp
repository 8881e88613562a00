// At most two downloads run at a time; a semaphore counts the free slots. A download
// that finds its file in the cache keeps its slot, and soon nothing starts any more.
// pattern: lock not released on one path

#include "oracle.h"

#include <concurrentqueue/blockingconcurrentqueue.h> // lightweightsemaphore.h does not stand alone.

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

struct Request {
  std::string url;
  bool cached;
};

class Downloader {
  moodycamel::LightweightSemaphore slots_{2};
  std::atomic<std::uint64_t> bytes_{0};

  static std::uint64_t fetch(const std::string &url) noexcept { return 100 * url.size(); }

  void download(const Request &request) {
    oracle::Task alive;
    if (request.cached) {
#ifndef LEAKING
      slots_.signal();
#endif
      return; // cause
    }
    bytes_ += fetch(request.url);
    slots_.signal();
  }

public:
  std::uint64_t downloadAll(const std::vector<Request> &requests) {
    std::vector<std::thread> downloads;
    for (const Request &request : requests) {
      slots_.wait(); // stuck: unwoken-wait
      downloads.emplace_back([this, &request] { download(request); });
    }
    for (std::thread &download : downloads)
      download.join();
    return bytes_;
  }
};

void mirror() {
  Downloader downloader;
  downloader.downloadAll({{"/index.html", true}, {"/logo.png", true}, {"/app.js", false}});
}

int main() {
  oracle::watch();
  mirror();
  return oracle::verdict();
}
