// Loads the shards of a search index in parallel. A shard with a wrong checksum throws,
// the thread logs it, and the count-down at the end of the try block is skipped.
// pattern: done missed on a throw

#include "oracle.h"

#include <cstdint>
#include <iostream>
#include <latch>
#include <stdexcept>
#include <thread>
#include <vector>

namespace search {

struct Shard {
  unsigned Number;
  uint32_t Sum;
  uint32_t ExpectedSum;
};

class CorruptShard : public std::runtime_error {
public:
  explicit CorruptShard(const Shard &S) : std::runtime_error("corrupt shard"), Number(S.Number) {}
  const unsigned Number;
};

void load(const Shard &S) {
  if (S.Sum != S.ExpectedSum)
    throw CorruptShard(S);
}

#ifndef LEAKING
/// Counts down however its scope is left.
class CountDownAtEnd {
  std::latch &Counter;

public:
  explicit CountDownAtEnd(std::latch &Counter) : Counter(Counter) {}
  ~CountDownAtEnd() { Counter.count_down(); }
};
#endif

void loadIndex(const std::vector<Shard> &Shards) {
  std::latch Loaded(static_cast<std::ptrdiff_t>(Shards.size()));
  std::vector<std::thread> Loaders;
  for (const Shard &S : Shards)
    Loaders.emplace_back([&S, &Loaded] {
      oracle::Task Alive;
#ifndef LEAKING
      CountDownAtEnd Guard(Loaded);
#endif
      try {
        load(S);
#ifdef LEAKING
        Loaded.count_down(); // cause
#endif
      } catch (const CorruptShard &E) {
        std::cerr << E.what() << ' ' << E.Number << '\n';
      }
    });
  Loaded.wait(); // stuck: unfinished-wait-group
  for (std::thread &Loader : Loaders)
    Loader.join();
}

} // namespace search

void openIndex() {
  search::loadIndex({{0, 0x4711, 0x4711}, {1, 0x0815, 0x0816}});
}

int main() {
  oracle::watch();
  openIndex();
  return oracle::verdict();
}
