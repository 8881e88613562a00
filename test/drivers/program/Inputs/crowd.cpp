// More tasks than the explorer follows at a time.
#include <mutex>
#include <thread>

void crowd() {
  std::mutex lock;
  auto work = [&] { std::lock_guard held(lock); };
  std::thread a(work), b(work), c(work), d(work), e(work), f(work), g(work), h(work), i(work), j(work), k(work);
  a.join(), b.join(), c.join(), d.join(), e.join(), f.join(), g.join(), h.join(), i.join(), j.join(), k.join();
}
