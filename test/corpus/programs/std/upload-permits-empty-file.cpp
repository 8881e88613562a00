// Uploads with at most two at a time. An empty file is skipped after its permit has been
// taken, and the permit does not come back.
// pattern: done missed on an early return

#include "oracle.h"

#include <array>
#include <atomic>
#include <semaphore>
#include <string_view>
#include <thread>

enum class UploadResult { Stored, Skipped };

struct LocalFile {
  std::string_view path;
  long bytes;
};

class Uploader final {
public:
  UploadResult upload(const LocalFile &file) {
    permits_.acquire(); // stuck: unwoken-wait
    if (file.bytes == 0) {
#ifndef LEAKING
      permits_.release();
#endif
      return UploadResult::Skipped; // cause
    }
    transfer(file);
    permits_.release();
    return UploadResult::Stored;
  }

  long bytesSent() const { return sent_.load(); }

private:
  void transfer(const LocalFile &file) noexcept { sent_ += file.bytes; }

  std::counting_semaphore<2> permits_{2};
  std::atomic<long> sent_ = 0;
};

long backUp() {
  static constexpr std::array<LocalFile, 4> photos{{
      {"2023/beach.jpg", 81'000},
      {"2023/.nomedia", 0},
      {"2024/.nomedia", 0},
      {"2024/snow.jpg", 93'000},
  }};
  Uploader uploader;
  std::thread background([&] {
    oracle::Task alive;
    for (const auto &photo : photos)
      uploader.upload(photo);
  });
  background.join();
  return uploader.bytesSent();
}

int main() {
  oracle::watch();
  backUp();
  return oracle::verdict();
}
