// The standard library's rows against its real headers.

#include "Resolved.h"

#include "gtest/gtest.h"

using namespace taskleak;

namespace {

TEST(StdModel, Threads) {
  expectStd(R"cc(
#include <thread>
#include <future>
void work(int);
void use(std::thread &Other, std::stop_token) {
  std::thread A(work, 1); // spawn callable=0 flags=terminates
  std::thread B([] {}); // spawn callable=0 flags=terminates
  std::thread None; // -
  std::thread Moved = std::move(A); // same value=0
  B.join(); // join
  B.detach(); // detach
  (void)B.joinable(); // is-set
  Other.swap(B); // swap value=0
  std::jthread J([](std::stop_token) {}); // spawn callable=0 flags=terminates passes-token
  J.request_stop(); // request
  auto T = J.get_stop_token(); // token-of
  auto F = std::async([] { return 1; }); // spawn callable=0 yields=event
  auto G = std::async(std::launch::async, work, 1); // spawn callable=1 yields=event
  std::this_thread::sleep_for(std::chrono::seconds(1)); // yield timeout=0
  std::this_thread::yield(); // yield
}
)cc");
}

TEST(StdModel, Locks) {
  expectStd(R"cc(
#include <mutex>
#include <shared_mutex>
std::mutex M, N;
std::timed_mutex TM;
std::shared_mutex S;
void use() {
  using namespace std::chrono_literals;
  M.lock(); // lock
  (void)M.try_lock(); // try-lock
  M.unlock(); // unlock
  (void)TM.try_lock_for(1s); // lock timeout=0
  S.lock_shared(); // lock-shared
  (void)S.try_lock_shared(); // try-lock-shared
  S.unlock_shared(); // unlock-shared
  std::lock_guard G(M); // guard-of lock=0
  std::lock_guard<std::mutex> Adopting(M, std::adopt_lock); // guard-of lock=0 guard=adopt
  std::unique_lock<std::mutex> L(M); // guard-of lock=0
  std::unique_lock<std::mutex> None; // -
  std::unique_lock L1(M, std::defer_lock); // guard-of lock=0 guard=defer
  std::unique_lock L2(M, std::try_to_lock); // guard-of lock=0 guard=try
  std::unique_lock L3(M, std::adopt_lock); // guard-of lock=0 guard=adopt
  std::unique_lock L4(TM, 1s); // guard-of lock=0 timeout=1
  L.lock(); // lock
  L.unlock(); // unlock
  L.release(); // guard-release
  if (L) {} // is-set
  (void)L.owns_lock(); // is-set
  std::scoped_lock Both(M, N); // guard-of lock=0 flags=all
  std::scoped_lock Adopted(std::adopt_lock, M, N); // guard-of lock=1 flags=all guard=adopt
  std::shared_lock R(S); // guard-of lock=0 flags=shared
  R.unlock(); // unlock-shared
  std::lock(M, N); // lock-all value=0
  static std::once_flag Once;
  std::call_once(Once, [] {}); // invoke object=0 callable=1
}
)cc");
}

TEST(StdModel, Conditions) {
  expectStd(R"cc(
#include <condition_variable>
#include <stop_token>
std::condition_variable C;
std::condition_variable_any Any;
void use(std::unique_lock<std::mutex> &L, std::stop_token T) {
  using namespace std::chrono_literals;
  C.wait(L); // wait lock=0
  C.wait(L, [] { return true; }); // wait lock=0 predicate=1
  (void)C.wait_for(L, 1s); // wait lock=0 timeout=1
  (void)C.wait_for(L, 1s, [] { return true; }); // wait lock=0 predicate=2 timeout=1
  (void)C.wait_until(L, std::chrono::steady_clock::now()); // wait lock=0 timeout=1
  Any.wait(L); // wait lock=0
  Any.wait(L, [] { return true; }); // wait lock=0 predicate=1
  (void)Any.wait(L, T, [] { return true; }); // wait lock=0 predicate=2 cancel=1
  (void)Any.wait_for(L, T, 1s, [] { return true; }); // wait lock=0 predicate=3 timeout=2 cancel=1
  (void)Any.wait_for(L, 1s, [] { return true; }); // wait lock=0 predicate=2 timeout=1
  C.notify_one(); // notify-one
  Any.notify_all(); // notify-all flags=all
}
)cc");
}

TEST(StdModel, Futures) {
  expectStd(R"cc(
#include <future>
void use(std::promise<int> P, std::promise<void> V, std::exception_ptr E) {
  std::promise<int> Q; // make
  std::future<int> F = P.get_future(); // event-of
  F.wait(); // await yields=none
  (void)F.get(); // await yields=value
  (void)F.wait_for(std::chrono::seconds(1)); // await timeout=0 yields=status
  (void)F.valid(); // is-set
  std::shared_future<int> S = F.share(); // event-of
  S.wait(); // await yields=none
  (void)S.get(); // await yields=value
  P.set_value(1); // fulfil value=0
  V.set_value(); // fulfil
  P.set_exception(E); // fail
  std::packaged_task<int()> Task([] { return 1; }); // package callable=0
  Task(); // invoke
  auto G = Task.get_future(); // event-of
}
)cc");
}

TEST(StdModel, Counters) {
  expectStd(R"cc(
#include <latch>
#include <barrier>
#include <semaphore>
void use(std::barrier<> &B) {
  std::latch L(2); // make count=p0
  L.count_down(); // done count=p0|1
  L.count_down(2); // done count=p0|1
  L.wait(); // await
  (void)L.try_wait(); // await flags=try
  L.arrive_and_wait(); // done-and-await count=p0|1
  std::barrier Own(2); // make count=p0
  B.wait(B.arrive()); // await value=0; arrive count=p0|1
  B.arrive_and_wait(); // arrive-and-await count=1
  B.arrive_and_drop(); // arrive-and-drop count=1 flags=drop
  std::counting_semaphore<4> S(0); // make count=p0
  std::binary_semaphore Two(1); // make count=p0
  S.acquire(); // acquire count=1
  (void)Two.try_acquire(); // acquire count=1 flags=try
  (void)S.try_acquire_for(std::chrono::seconds(1)); // acquire timeout=0 count=1
  S.release(); // release count=p0|1
}
)cc");
}

TEST(StdModel, Cancels) {
  expectStd(R"cc(
#include <stop_token>
void use() {
  std::stop_source S; // make
  std::stop_source None(std::nostopstate); // -
  std::stop_token T = S.get_token(); // token-of
  (void)S.request_stop(); // request
  (void)S.stop_requested(); // requested
  (void)T.stop_requested(); // requested
  (void)T.stop_possible(); // is-set
  std::stop_callback C(T, [] {}); // on-request cancel=0 callable=1
}
)cc");
}

} // namespace
