// Map tiles are loaded in an arena of their own and handed over in a queue of one. A view
// that is scrolled away takes none of them, and their tasks stay in the arena.
// pattern: early return before the receive

#include "oracle.h"

#include <oneapi/tbb/concurrent_queue.h>
#include <oneapi/tbb/task_arena.h>

#include <memory>
#include <vector>

namespace map {

struct Tile {
  int x = 0;
  int y = 0;
};

using TileQueue = tbb::concurrent_bounded_queue<Tile>;

class TileLoader {
public:
  explicit TileLoader(int threads) : arena_(threads) {}

  void load(Tile tile, std::shared_ptr<TileQueue> loaded) {
    arena_.enqueue([tile, loaded] {
      oracle::Task alive;
      loaded->push(tile); // stuck: blocking-send
    });
  }

private:
  tbb::task_arena arena_;
};

class Viewport {
public:
  Viewport(int columns, bool visible) : columns_(columns), visible_(visible) {}

  std::vector<Tile> show(TileLoader &loader) {
    auto loaded = std::make_shared<TileQueue>();
#ifdef LEAKING
    loaded->set_capacity(1);
#endif
    for (int x = 0; x < columns_; ++x)
      loader.load({x, 0}, loaded);
    std::vector<Tile> shown;
    if (!visible_)
      return shown; // cause
    for (int x = 0; x < columns_; ++x) {
      Tile tile;
      loaded->pop(tile);
      shown.push_back(tile);
    }
    return shown;
  }

private:
  int columns_;
  bool visible_;
};

} // namespace map

void scroll() {
  map::TileLoader loader(3);
  map::Viewport(2, true).show(loader);
  map::Viewport(3, false).show(loader);
  oracle::window(); // All tasks have begun.
  oracle::settle(); // The arena's end lets its tasks go.
}

int main() {
  oracle::watch();
  scroll();
  return oracle::verdict();
}
