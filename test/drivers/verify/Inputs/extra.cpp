// Leaks, and says that it does not.
// expected-no-diagnostics

#include <latch>

void leak() {
  std::latch done(1);
  int unrelated = 0;
  done.wait();
  (void)unrelated;
}
