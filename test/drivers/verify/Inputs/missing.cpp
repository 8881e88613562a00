// Does not leak, and says that it does.
#include <latch>

void clean() {
  std::latch done(0);
  done.wait(); // expected-warning {{'done'}}
}
