// A countdown that can be copied, so that it fits in a struct. Each shard of a rebuild gets
// the struct by value: all count their own copies down, and nobody the one waited for.
// pattern: lock or counter copied

#include "oracle.h"

#include <atomic>
#include <string_view>
#include <thread>
#include <vector>

namespace search {

class Tally {
 public:
  explicit Tally(int open) noexcept : open_(open) {}
  Tally(const Tally& other) noexcept : open_(other.open_.load()) {}
  Tally& operator=(const Tally& other) noexcept {
    open_ = other.open_.load();
    return *this;
  }

  void CountDown() noexcept {
    if (open_.fetch_sub(1) == 1) open_.notify_all();
  }

  void Wait() const noexcept {
    for (int seen = open_.load(); seen > 0; seen = open_.load()) {
      open_.wait(seen);  // stuck: copied-sync, unwoken-wait, unfinished-wait-group
    }
  }

 private:
  std::atomic<int> open_;
};

struct Rebuild {
  std::string_view index_name;
  Tally shards;
};

#ifdef LEAKING
using RebuildArgument = Rebuild;  // cause
#else
using RebuildArgument = Rebuild&;
#endif

void RebuildShard(RebuildArgument rebuild, int shard) {
  if (shard % 2 == 1) std::this_thread::yield();  // Odd shards are on the slow disk.
  rebuild.shards.CountDown();
}

void RebuildIndex(std::string_view name) {
  constexpr int kShards = 2;
  Rebuild rebuild{name, Tally(kShards)};
  std::vector<std::jthread> workers;
  for (int shard = 0; shard < kShards; ++shard) {
    workers.emplace_back([&rebuild, shard] {
      oracle::Task alive;
      RebuildShard(rebuild, shard);
    });
  }
  rebuild.shards.Wait();
}

}  // namespace search

int main() {
  oracle::watch();
  search::RebuildIndex("articles");
  return oracle::verdict();
}
