// Scales the avatars of a team in parallel and waits for a counter. A picture that cannot
// be decoded throws before the cleanup that counts down is made.
// pattern: done missed on a throw

#include "oracle.h"

#include <absl/cleanup/cleanup.h>
#include <absl/synchronization/blocking_counter.h>

#include <cstdio>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

struct Avatar {
  std::string user;
  std::string data;
};

struct Bitmap {
  int width;
  int height;
};

Bitmap Decode(const Avatar& avatar) {
  if (avatar.data.rfind("PNG", 0) != 0) throw std::invalid_argument(avatar.user);
  return {256, 256};
}

class AvatarScaler {
 public:
  void Scale(const Avatar& avatar, absl::BlockingCounter& left) {
    oracle::Task alive;
#ifndef LEAKING
    absl::Cleanup count_down = [&left] { left.DecrementCount(); };
#endif
    try {
      const Bitmap bitmap = Decode(avatar);  // cause
#ifdef LEAKING
      absl::Cleanup count_down = [&left] { left.DecrementCount(); };
#endif
      Store(avatar.user, bitmap);
    } catch (const std::invalid_argument& error) {
      std::fprintf(stderr, "no avatar for %s\n", error.what());
    }
  }

 private:
  void Store(const std::string& user, const Bitmap& bitmap) noexcept {
    (void)user;
    (void)bitmap;
  }
};

void ScaleTeam() {
  const std::vector<Avatar> team = {{"ada", "PNG..."}, {"alan", "GIF..."}, {"grace", "PNG..."}};
  AvatarScaler scaler;
  absl::BlockingCounter left(static_cast<int>(team.size()));
  std::vector<std::thread> threads;
  for (const Avatar& avatar : team) {
    threads.emplace_back([&] { scaler.Scale(avatar, left); });
  }
  left.Wait();  // stuck: unfinished-wait-group
  for (std::thread& thread : threads) thread.join();
}

int main() {
  oracle::watch();
  ScaleTeam();
  return oracle::verdict();
}
