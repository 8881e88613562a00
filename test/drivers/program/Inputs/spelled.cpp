// Words that a model knows, and nothing that is called so: no lock, no thread.
#include <cstdio>

struct door {
  bool lock = false;  // std::lock
  int thread = 0;     // std::thread
};

void report(const door &d) { std::printf("%d %d\n", d.lock, d.thread); }
